-- Study: one schedule per learner and card, and the log of every rating.

create table card_progress (
    user_id uuid not null references users on delete cascade,
    card_id uuid not null references cards on delete cascade,
    profile_id uuid not null references language_profiles on delete cascade,
    state smallint not null check (state in (1, 2, 3)),
    step smallint,
    stability double precision,
    difficulty double precision,
    due timestamptz not null,
    last_review timestamptz,
    scheduled_days int not null default 0,
    reps int not null default 0,
    lapses int not null default 0,
    last_rating smallint check (last_rating between 1 and 4),
    suspended boolean not null default false,
    leech boolean not null default false,
    introduced_on date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    primary key (user_id, card_id),
    check ((state = 2) = (step is null)),
    -- A card suspended before its first rating has a row without a memory state.
    check (num_nulls(stability, difficulty, last_review, last_rating, introduced_on) = case when reps = 0 then 5 else 0 end)
);
-- A profile is one learner's: with user_id before it, PostgreSQL thinks that a profile has no rows to speak of, and
-- takes either index for either question.
create index card_progress_due_idx on card_progress (profile_id, due) where not suspended;
create index card_progress_introduced_idx on card_progress (profile_id, introduced_on);
create index card_progress_card_idx on card_progress (card_id, user_id);

create table card_reviews (
    id bigint generated always as identity primary key,
    user_id uuid not null references users on delete cascade,
    client_id uuid not null,
    card_id uuid not null references cards on delete cascade,
    profile_id uuid not null references language_profiles on delete cascade,
    session_id uuid,
    rating smallint not null check (rating between 1 and 4),
    state_before smallint,
    before jsonb,
    elapsed_seconds bigint,
    interval_before int,
    interval_after int not null,
    stability_after double precision not null,
    difficulty_after double precision not null,
    duration_ms int check (duration_ms between 0 and 120000),
    source varchar(8) not null check (source in ('app', 'bot', 'offline', 'import')),
    -- False for a rating that arrived later than a newer one: it is kept in the log and scheduled nothing.
    is_scheduled boolean not null default true,
    outcome jsonb not null,
    reviewed_at timestamptz not null,
    local_date date not null,
    undone_at timestamptz
);
create unique index card_reviews_client_key on card_reviews (user_id, client_id);
create index card_reviews_profile_idx on card_reviews (user_id, profile_id, reviewed_at);
create index card_reviews_card_idx on card_reviews (card_id, user_id, reviewed_at);
create index card_reviews_session_idx on card_reviews (session_id) where session_id is not null;

-- cards.is_new_to_owner follows the owner's schedule, whoever writes it.
create function follow_owner_schedule() returns trigger language plpgsql as $$
declare
    changed card_progress := coalesce(new, old);
begin
    update cards c set is_new_to_owner = (tg_op = 'DELETE')
    from language_profiles p
    where c.id = changed.card_id and p.id = c.profile_id and p.user_id = changed.user_id;
    return null;
end $$;
create trigger card_progress_owner after insert or delete on card_progress
    for each row execute function follow_owner_schedule();
