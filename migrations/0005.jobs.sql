-- Background jobs: rows that workers claim.

create table jobs (
    id uuid primary key default gen_random_uuid(),
    -- The order of enqueueing.
    position bigint generated always as identity,
    user_id uuid references users on delete cascade,
    kind varchar(40) not null,
    -- Jobs of one lane run one after another, in order of position.
    lane varchar(100) not null,
    params jsonb not null default '{}',
    result jsonb,
    progress smallint not null default 0 check (progress between 0 and 100),
    dedupe_key varchar(150),
    -- The row is invisible to workers, and delays nobody, before this moment.
    not_before timestamptz not null default now(),
    attempts smallint not null default 0,
    deaths smallint not null default 0,
    claimed_by varchar(80),
    -- Set: the row holds its lane, and may be claimed again from this moment on (end of a lease, or of a pause after a
    -- failure). Null: it waits for its turn, or is done.
    claimed_until timestamptz,
    -- Grows with every claim: a worker that lost the row writes nothing.
    claim_no bigint not null default 0,
    error varchar(500),
    created_at timestamptz not null default now(),
    done_at timestamptz,
    failed_at timestamptz,
    check (done_at is null or (claimed_by is null and claimed_until is null)),
    check (claimed_by is null or claimed_until is not null),
    check (failed_at is null or done_at is not null)
);
create index jobs_waiting_idx on jobs (position) where done_at is null and claimed_until is null;
-- One row of a lane in hand at a time, whoever claims.
create unique index jobs_lane_held_key on jobs (lane) where claimed_until is not null;
create unique index jobs_dedupe_key on jobs (dedupe_key) where dedupe_key is not null and done_at is null;
create index jobs_user_idx on jobs (user_id, created_at desc);
create index jobs_done_idx on jobs (done_at) where done_at is not null;
