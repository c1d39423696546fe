-- Stored files: what learners hear, import and export.

create table media_files (
    -- Begins with its kind, such as `tts/es/…`: the name by which rooms find a file, and by which links name it.
    key varchar(200) primary key,
    kind varchar(12) not null generated always as (split_part(key, '/', 1)) stored
        check (kind in ('tts', 'card_audio', 'export', 'import')),
    mime varchar(80) not null,
    bytes bigint not null check (bytes >= 0),
    -- Of the content; in hex, the name of the object that holds it. Files with the same content share one object.
    sha256 bytea not null check (octet_length(sha256) = 32),
    -- Null: shared by all learners, or left by one who was deleted.
    user_id uuid references users on delete set null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    expires_at timestamptz
);
create index media_files_expires_idx on media_files (expires_at) where expires_at is not null;
create index media_files_kind_idx on media_files (kind, last_used_at);
create index media_files_sha256_idx on media_files (sha256);
create index media_files_user_idx on media_files (user_id) where user_id is not null;

alter table cards add constraint cards_audio_key_fk foreign key (audio_key) references media_files on delete set null;
create index cards_audio_idx on cards (audio_key) where audio_key is not null;
