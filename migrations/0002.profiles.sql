-- Language profiles: one studied language of one user.

create table language_profiles (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null references users on delete cascade,
    language varchar(5) not null,
    current_level varchar(2) not null check (current_level in ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    target_level varchar(2) not null check (target_level in ('A1', 'A2', 'B1', 'B2', 'C1', 'C2')),
    goals jsonb not null default '[]',
    tutor_language varchar(8) not null default 'native' check (tutor_language in ('native', 'target')),
    is_active boolean not null default false,
    active_deck_id uuid,
    active_topic_id uuid,
    desired_retention numeric(3, 2) not null default 0.90 check (desired_retention between 0.70 and 0.97),
    new_cards_per_day smallint not null default 20 check (new_cards_per_day between 0 and 200),
    new_card_order varchar(10) not null default 'added' check (new_card_order in ('added', 'frequency')),
    max_interval_days int not null default 365 check (max_interval_days between 30 and 36500),
    fsrs_parameters double precision[] check (cardinality(fsrs_parameters) = 21),
    fsrs_optimised_at timestamptz,
    fsrs_review_count int not null default 0,
    streak int not null default 0,
    best_streak int not null default 0,
    total_active_days int not null default 0,
    last_activity_date date,
    learner_notes varchar(1500) not null default '',
    level_offer_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    check (target_level >= current_level)
);
create unique index language_profiles_language_key on language_profiles (user_id, language) where deleted_at is null;
create unique index language_profiles_active_key on language_profiles (user_id) where is_active and deleted_at is null;
create index language_profiles_activity_idx on language_profiles (last_activity_date) where deleted_at is null;
create index language_profiles_user_idx on language_profiles (user_id);
create trigger language_profiles_touch before update on language_profiles
    for each row execute function touch_updated_at();
