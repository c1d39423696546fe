drop table tg_inbox, outbox, notifications;
