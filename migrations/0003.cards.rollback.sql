drop view readable_cards, readable_decks;
drop index language_profiles_active_deck_idx;
alter table language_profiles drop constraint language_profiles_active_deck_fk;
drop table cards, decks;
