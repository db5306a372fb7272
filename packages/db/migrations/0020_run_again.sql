-- lowest program: 0020
-- Jobs can be cancelled and run again by themselves. Programs before this one do not count jobs that were cancelled
-- by themselves, and would never see their batches end.

-- Of a job's attempts, those before somebody let it run again: each run has its own number of tries.
alter table app.scrape_jobs add column earlier_attempts integer not null default 0;
