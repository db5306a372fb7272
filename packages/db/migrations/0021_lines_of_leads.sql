-- The lines of lists that named a domain, told with its lead. Those that became a job, or double one, are found by it.
create index batch_lines_batch_id_position_idx on app.batch_lines (batch_id, position)
  where position is not null;
-- The others are few: those whose last scan was used.
create index batch_lines_domain_idx on app.batch_lines (domain)
  where position is null and domain is not null;
