-- Measured with 30,000 jobs of which 10,000 finished in one running batch, on PostgreSQL 18.

-- How fast a batch moves, read twice a second for each batch somebody watches: the jobs finished in the
-- last minute and the latest of them take 1 ms instead of 6.5 ms, or 30 ms before statistics exist, and
-- no longer grow with the batch.
create index concurrently if not exists app_jobs_batch_id_completed on jobs (batch_id, completed_at);
