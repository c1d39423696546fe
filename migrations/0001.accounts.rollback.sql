drop table idempotency_keys, entitlements, erased_accounts, trial_registry, sign_in_codes, auth_sessions, users;
drop function touch_updated_at();
