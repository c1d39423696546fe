drop view readable_cards, readable_decks;
alter table language_profiles drop constraint language_profiles_active_deck_fk;
drop table cards, decks;
