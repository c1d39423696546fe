-- Background jobs: rows that workers claim.

create table jobs (
    id uuid primary key default gen_random_uuid(),
    user_id uuid references users on delete cascade,
    kind varchar(40) not null,
    -- Jobs of one lane run one after another, in order of creation.
    lane varchar(100) not null,
    params jsonb not null default '{}',
    result jsonb,
    progress smallint not null default 0 check (progress between 0 and 100),
    dedupe_key varchar(150),
    priority smallint not null default 0,
    not_before timestamptz not null default now(),
    attempts smallint not null default 0,
    deaths smallint not null default 0,
    claimed_by varchar(80),
    claimed_until timestamptz,
    claim_no bigint not null default 0,
    error varchar(500),
    created_at timestamptz not null default now(),
    started_at timestamptz,
    done_at timestamptz,
    failed_at timestamptz
);
create index jobs_open_idx on jobs (lane, created_at, id) where done_at is null;
create index jobs_user_idx on jobs (user_id, created_at desc);
create unique index jobs_dedupe_key on jobs (dedupe_key) where done_at is null;
create index jobs_done_idx on jobs (done_at) where done_at is not null;
