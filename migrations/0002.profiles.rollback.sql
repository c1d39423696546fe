drop table language_profiles;
