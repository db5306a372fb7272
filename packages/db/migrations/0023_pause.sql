-- lowest program: 0023
-- A batch can be paused. Programs before this one would go on sending its jobs to the queue.

-- Whether jobs of the batch are sent to the queue.
alter table app.batch_windows
  add column state text not null default 'filling',
  add constraint batch_windows_state_check check (state in ('filling', 'paused'));
