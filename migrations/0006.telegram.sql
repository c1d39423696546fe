-- Notifications, what is sent to chats, what arrives from them.

create table notifications (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    type varchar(50) not null,
    title varchar(255) not null,
    message text not null,
    data jsonb not null default '{}',
    dedupe_key varchar(150) unique,
    is_read boolean not null default false,
    read_at timestamptz,
    created_at timestamptz not null default now(),
    check (is_read = (read_at is not null))
);
create index notifications_user_idx on notifications (user_id, created_at desc, id desc);
create index notifications_unread_idx on notifications (user_id) where not is_read;
create index notifications_created_at_idx on notifications (created_at);

-- The columns of a queue mean what they mean in `jobs`.
create table outbox (
    id bigint generated always as identity primary key,
    user_id uuid references users on delete cascade,
    chat_id bigint not null,
    method varchar(40) not null,
    payload jsonb not null,
    -- 0 replies, 1 notifications, 2 bulk.
    priority smallint not null default 0 check (priority between 0 and 2),
    -- Replies before notifications before bulk; within a priority the order of writing.
    position bigint generated always as (((priority)::bigint << 56) | id) stored,
    -- `sending` is a pending row that a sender has claimed.
    status varchar(8) not null default 'pending' check (status in ('pending', 'sent', 'failed', 'skipped')),
    telegram_message_id bigint,
    dedupe_key varchar(150) unique,
    notification_id uuid references notifications on delete set null,
    not_before timestamptz not null default now(),
    attempts smallint not null default 0,
    deaths smallint not null default 0,
    claimed_by varchar(80),
    claimed_until timestamptz,
    claim_no bigint not null default 0,
    error varchar(500),
    created_at timestamptz not null default now(),
    done_at timestamptz,
    failed_at timestamptz,
    check (done_at is null or (claimed_by is null and claimed_until is null)),
    check (claimed_by is null or claimed_until is not null),
    check (failed_at is null or done_at is not null)
);
create index outbox_waiting_idx on outbox (position) where done_at is null and claimed_until is null;
create unique index outbox_chat_held_key on outbox (chat_id) where claimed_until is not null;
create index outbox_chat_open_idx on outbox (chat_id, position) where done_at is null;
create index outbox_user_idx on outbox (user_id);
create index outbox_notification_idx on outbox (notification_id) where notification_id is not null;
create index outbox_done_idx on outbox (done_at) where done_at is not null;

create table tg_inbox (
    -- Done rows stay for longer than Telegram delivers again: this key is what makes a redelivery harmless.
    update_id bigint primary key,
    chat_key bigint not null,
    kind varchar(24) not null,
    -- As it came: nothing looks into it here, and jsonb refuses texts that json and Telegram allow.
    payload json not null,
    -- 0 in order of its chat; higher ones have lanes of their own.
    priority smallint not null default 0,
    received_at timestamptz not null default now(),
    not_before timestamptz not null default now(),
    attempts smallint not null default 0,
    deaths smallint not null default 0,
    claimed_by varchar(80),
    claimed_until timestamptz,
    claim_no bigint not null default 0,
    error varchar(500),
    done_at timestamptz,
    failed_at timestamptz,
    check (done_at is null or (claimed_by is null and claimed_until is null)),
    check (claimed_by is null or claimed_until is not null),
    check (failed_at is null or done_at is not null)
);
create index tg_inbox_waiting_idx on tg_inbox (update_id) where done_at is null and claimed_until is null;
create unique index tg_inbox_chat_held_key on tg_inbox (chat_key) where claimed_until is not null;
create index tg_inbox_done_idx on tg_inbox (done_at) where done_at is not null;
