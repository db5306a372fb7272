-- lowest program: 0034
-- A large batch is cancelled with one row, and the rows of its waiting jobs follow. Programs before this one would take
-- such a batch for one that runs.

alter table app.batch_windows
  drop constraint batch_windows_state_check,
  add constraint batch_windows_state_check check (state in ('filling', 'paused', 'cancelling')),
  -- While cancelling: jobs that are cancelled so far, and who asked for it.
  add column cancelled integer not null default 0,
  add column cancelled_by uuid;
