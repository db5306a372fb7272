-- The list of a batch as it was given: every line in its order, doubles and refused ones too, with the columns around the name.

create table app.batch_lists (
  batch_id uuid primary key references public.batch_jobs (batch_id) on delete cascade,
  tenant_id uuid not null,
  -- Names of the cells of each line; none for plain lines.
  columns text[] not null default '{}',
  -- Which of them names were read from, from 0.
  name_column integer,
  file_name text,
  last_line integer not null
);

create table app.batch_lines (
  batch_id uuid not null constraint batch_lines_batch_id_fkey
    references public.batch_jobs (batch_id) on delete cascade,
  line integer not null,
  -- A line with several names has several entries, from 0.
  entry integer not null,
  kind text not null constraint batch_lines_kind_check
    check (kind in ('valid', 'fixed', 'recent', 'duplicate', 'invalid')),
  input text not null,
  domain text,
  -- Of the job that the entry became, or that a double shares.
  position integer,
  of_line integer,
  reason text,
  cells text[] not null default '{}',
  primary key (batch_id, line, entry)
);
