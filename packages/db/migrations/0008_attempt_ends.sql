-- An attempt has an end exactly when it is not running. Which outcomes are open says the machine of
-- packages/api/src/job/attempt.state.ts, and a test holds the rule to it. No program ever wrote a row that
-- breaks it; one that somebody else wrote must not stop an upgrade.

update app.job_attempts
set ended_at = case when outcome = 'running' then null else started_at end
where (outcome = 'running') <> (ended_at is null);

alter table app.job_attempts
  add constraint job_attempts_ended_check check ((outcome = 'running') = (ended_at is null));
