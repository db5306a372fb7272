-- Where a part of a batch ends, read by the index of its order whatever the planner believes: of rows that were written a moment ago it
-- expects a handful, and would read and sort all that is left of a batch for each part of a thousand.

-- The place of the last of the next jobs, from a place on; null behind the last.
create function app.jobs_until(batch uuid, first integer, room integer) returns integer
language plpgsql stable
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
begin
  return (
    select max(position) from (
      select s.position from app.scrape_jobs s where s.batch_id = batch and s.position >= first order by s.position limit room
    ) part
  );
end
$$;

-- The line of the last of the next entries of a list, behind an entry of a line; null behind the last.
create function app.lines_until(batch uuid, line integer, entry integer, room integer) returns integer
language plpgsql stable
set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $$
begin
  return (
    select max(part.line) from (
      select l.line from app.batch_lines l
      where l.batch_id = batch and (l.line, l.entry) > (lines_until.line, lines_until.entry)
      order by l.line, l.entry limit room
    ) part
  );
end
$$;
