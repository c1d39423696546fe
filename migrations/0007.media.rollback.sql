drop index cards_audio_idx;
alter table cards drop constraint cards_audio_key_fk;
drop table media_files;
