drop trigger card_progress_owner on card_progress;
drop function follow_owner_schedule();
drop table card_reviews, card_progress;
