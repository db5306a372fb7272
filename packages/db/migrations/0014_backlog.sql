-- lowest program: 0014
-- What waits for its turn stays in app.scrape_jobs; the queue holds of each batch only what may run now.
-- Programs before this one send whole batches to the queue, where nobody would keep to their limits any more.

-- How far an open batch has been promoted: positions before the next one have been in the queue, or are over.
-- null: all of them. The row goes with the batch's end.
create table app.batch_windows (
  batch_id uuid primary key references batch_jobs (batch_id) on delete cascade,
  next_position integer
);

alter table app.scrape_jobs
  -- Behind the next position: when it may be promoted again; null while it is in the queue or over.
  add column due_at timestamptz,
  -- How often it was put back because somebody was at its site.
  add column waits integer not null default 0;

create index scrape_jobs_due_idx on app.scrape_jobs (batch_id, due_at) where due_at is not null;

-- Of batches that are open now, all that waits is promoted anew; the queue drops its own copies when it is installed.
insert into app.batch_windows (batch_id, next_position)
select batch_id, 0 from batch_jobs b
where status in ('pending', 'running') and exists (select from app.scrape_jobs s where s.batch_id = b.batch_id);
