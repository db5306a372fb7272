-- Workers that live, what they run, and which of them are to claim nothing more.

create table app.workers (
  id text not null,
  state text not null default 'claiming',
  version text not null,
  concurrency integer not null,
  -- Sites it is at, as of its last sign of life.
  running integer not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  constraint workers_pkey primary key (id),
  constraint workers_state_check check (state in ('claiming', 'draining'))
) with (fillfactor = 50);
