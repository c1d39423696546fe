-- Accounts: users, sign-in, plans.

create function touch_updated_at() returns trigger language plpgsql as $$
begin
    new.updated_at := now();
    return new;
end $$;

create table users (
    id uuid primary key default gen_random_uuid(),
    telegram_id bigint,
    first_name varchar(255) not null,
    last_name varchar(255),
    username varchar(255),
    language_code varchar(10),
    native_language varchar(2) not null default 'ru' check (native_language in ('ru', 'en')),
    timezone varchar(64) not null default 'UTC',
    timezone_source varchar(8) not null default 'guess' check (timezone_source in ('guess', 'browser', 'user')),
    timezone_changed_at timestamptz,
    theme varchar(8) not null default 'system' check (theme in ('system', 'light', 'dark')),
    audio_autoplay boolean not null default false,
    card_side varchar(8) not null default 'random' check (card_side in ('random', 'learning', 'native')),
    session_card_count smallint not null default 10 check (session_card_count between 10 and 20),
    session_exercise_count smallint not null default 5 check (session_exercise_count between 5 and 10),
    notify_streak boolean not null default true,
    notify_groups boolean not null default true,
    notify_billing boolean not null default true,
    notify_progress boolean not null default true,
    is_admin boolean not null default false,
    blocked_at timestamptz,
    blocked_reason varchar(200),
    unreachable_since timestamptz,
    stripe_customer_id varchar(64) unique,
    consent_version varchar(20),
    consent_at timestamptz,
    last_activity timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    check (telegram_id is not null or deleted_at is not null)
);
create unique index users_telegram_id_key on users (telegram_id) where deleted_at is null;
create index users_last_activity_idx on users (last_activity desc);
create index users_created_at_idx on users (created_at);
create index users_username_idx on users (lower(username));
create index users_deleted_at_idx on users (deleted_at) where deleted_at is not null;
create trigger users_touch before update on users for each row execute function touch_updated_at();

create table auth_sessions (
    id uuid primary key,
    user_id uuid not null references users on delete cascade,
    refresh_hash bytea not null unique,
    previous_hash bytea,
    rotated_at timestamptz,
    method varchar(9) not null check (method in ('init_data', 'widget', 'link', 'dev')),
    device_label varchar(100) not null,
    user_agent varchar(300) not null default '',
    created_at timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    expires_at timestamptz not null,
    absolute_expires_at timestamptz not null,
    revoked_at timestamptz,
    revoke_reason varchar(40)
);
create index auth_sessions_live_idx on auth_sessions (user_id) where revoked_at is null;
create index auth_sessions_previous_idx on auth_sessions (previous_hash) where previous_hash is not null;
create index auth_sessions_expiry_idx on auth_sessions (absolute_expires_at);

create table sign_in_codes (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    token_hash bytea not null unique,
    code_hash bytea not null unique,
    wrong_tries smallint not null default 0,
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now()
);
create unique index sign_in_codes_live_key on sign_in_codes (user_id) where used_at is null;

create table trial_registry (
    telegram_hash bytea primary key,
    granted_at timestamptz not null default now()
);

-- Outlives the account: a restored backup erases these accounts again.
create table erased_accounts (
    user_id uuid primary key,
    erased_at timestamptz not null default now()
);

create table entitlements (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    plan varchar(8) not null check (plan in ('basic', 'premium')),
    source varchar(8) not null check (source in ('trial', 'stripe', 'stars', 'admin', 'promo')),
    source_ref varchar(100) not null,
    starts_at timestamptz not null,
    ends_at timestamptz,
    revoked_at timestamptz,
    granted_by uuid references users on delete set null,
    reason varchar(200),
    created_at timestamptz not null default now(),
    unique (source, source_ref)
);
create index entitlements_user_idx on entitlements (user_id, ends_at);

create table idempotency_keys (
    user_id uuid not null references users on delete cascade,
    key varchar(64) not null,
    method varchar(8) not null,
    path varchar(200) not null,
    body_hash bytea not null,
    status smallint,
    response jsonb,
    created_at timestamptz not null default now(),
    primary key (user_id, key)
);
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
