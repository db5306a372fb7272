-- What was refused, and who signed in, have rows of their own, at most one a minute with a count. The log is only added to.

alter table app.audit_log
  add column outcome text not null default 'done'
    constraint audit_log_outcome_check check (outcome in ('done', 'refused', 'failed')),
  add column count integer not null default 1,
  -- Names the minute of what is counted; null for what is told each time.
  add column once text;
create unique index audit_log_once_key on app.audit_log (once);

-- For what retention and the law take out again: transactions in which the log is open, each until it ends.
create table app.audit_openings (
  transaction xid8 primary key
);

create function app.open_audit_log() returns void language plpgsql volatile as $$
begin
  delete from app.audit_openings where transaction < pg_current_xact_id();
  insert into app.audit_openings (transaction) values (pg_current_xact_id()) on conflict do nothing;
end
$$;

create function app.keep_audit_log() returns trigger language plpgsql as $$
begin
  if exists (select from app.audit_openings where transaction = pg_current_xact_id()) then
    if tg_op = 'DELETE' then
      return old;
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and old.once is not null and new.count > old.count
    and to_jsonb(new) - 'count' = to_jsonb(old) - 'count' then
    return new;
  end if;
  raise exception 'the audit log is only added to';
end
$$;

create trigger audit_log_updated before update on app.audit_log
  for each row execute function app.keep_audit_log();
create trigger audit_log_deleted before delete on app.audit_log
  for each row execute function app.keep_audit_log();

-- Retention: of the oldest rows so many at most that are older. Says how many it took.
create function app.prune_audit_log(older_than interval, rows_max integer) returns integer language plpgsql volatile as $$
declare
  pruned integer;
begin
  perform app.open_audit_log();
  delete from app.audit_log where id in (
    select id from (select id, at from app.audit_log order by id limit rows_max) oldest where at < now() - older_than
  );
  get diagnostics pruned = row_count;
  delete from app.audit_openings where transaction = pg_current_xact_id();
  return pruned;
end
$$;

insert into sidebar_features (sidebar_name, url_path, icon, group_name, requires_permission, display_order)
select 'Audit', '/audit', 'scroll-text', 'Team', 'audit:read', 5
where not exists (select from sidebar_features s where s.url_path = '/audit' and s.tenant_id is null);
