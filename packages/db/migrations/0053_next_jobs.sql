-- What of a batch may run next, read by its indexes whatever the planner believes: of rows that were written a moment ago it expects a
-- handful, and would read and sort all of a hundred thousand for each job that ends.

-- Those that are due again, the longest first, locked.
create function app.due_jobs(batch uuid, room bigint, states text[]) returns setof uuid
language plpgsql volatile rows 1
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
begin
  return query
    select s.job_id from app.scrape_jobs s join public.jobs j on j.job_id = s.job_id and j.status::text = any(states)
    where s.batch_id = batch and s.due_at <= now()
    order by s.due_at limit room for no key update of s skip locked;
end
$$;

-- Those that have not been tried yet, from a place of the list on.
create function app.fresh_jobs(batch uuid, first integer, room bigint, states text[])
returns table (job_id uuid, place integer)
language plpgsql stable rows 1
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
begin
  return query
    select s.job_id, s.position from app.scrape_jobs s join public.jobs j on j.job_id = s.job_id and j.status::text = any(states)
    where s.batch_id = batch and s.position >= first and s.due_at is null
    order by s.position limit room;
end
$$;
