-- Decks and cards, and the one view that says who may read them.

create table decks (
    id uuid primary key default gen_random_uuid(),
    profile_id uuid not null references language_profiles on delete cascade,
    name varchar(100) not null,
    description varchar(500) not null default '',
    source varchar(60) not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
);
create index decks_profile_idx on decks (profile_id);
create unique index decks_name_key on decks (profile_id, lower(name)) where deleted_at is null;
create trigger decks_touch before update on decks for each row execute function touch_updated_at();

alter table language_profiles
    add constraint language_profiles_active_deck_fk foreign key (active_deck_id) references decks on delete set null;
create index language_profiles_active_deck_idx on language_profiles (active_deck_id) where active_deck_id is not null;

create table cards (
    id uuid primary key default gen_random_uuid(),
    deck_id uuid not null references decks on delete cascade,
    profile_id uuid not null references language_profiles on delete cascade,
    word varchar(200) not null,
    lemma varchar(200) not null,
    lemma_key varchar(200) not null,
    meaning_key varchar(60) not null default '',
    translation varchar(200) not null,
    translation_language varchar(2) not null,
    example varchar(500) not null default '',
    example_translation varchar(500) not null default '',
    notes varchar(1000) not null default '',
    part_of_speech varchar(12),
    gender varchar(4),
    transcription varchar(200),
    grammar jsonb not null default '{}',
    frequency_zipf real,
    audio_key varchar(200),
    tags text[] not null default '{}' check (cardinality(tags) <= 20),
    source varchar(12) not null
        check (source in ('chat', 'ocr', 'voice', 'manual', 'generated', 'starter', 'import', 'copy')),
    -- True while the owner has no schedule for the card: lets the study queue find new cards by an index.
    is_new_to_owner boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
);
create unique index cards_lemma_key on cards (profile_id, lemma_key, meaning_key) where deleted_at is null;
create index cards_deck_idx on cards (deck_id, created_at, id) where deleted_at is null;
create index cards_new_idx on cards (deck_id, created_at, id) where is_new_to_owner and deleted_at is null;
create index cards_new_frequency_idx on cards (deck_id, frequency_zipf desc nulls last, created_at, id)
    where is_new_to_owner and deleted_at is null;
create index cards_purge_idx on cards (deleted_at) where deleted_at is not null;
create trigger cards_touch before update of deck_id, word, lemma, lemma_key, meaning_key, translation, example,
    example_translation, notes, part_of_speech, gender, transcription, grammar, audio_key, tags, deleted_at on cards
    for each row execute function touch_updated_at();

-- Who may read a deck: its owner now, members of a group it is shared with later.
create view readable_decks as
    select p.user_id, d.id as deck_id, d.profile_id, true as is_own
    from decks d
    join language_profiles p on p.id = d.profile_id
    where d.deleted_at is null and p.deleted_at is null;

create view readable_cards as
    select r.user_id, c.id as card_id, c.deck_id, c.profile_id, r.is_own
    from cards c
    join readable_decks r on r.deck_id = c.deck_id
    where c.deleted_at is null;
