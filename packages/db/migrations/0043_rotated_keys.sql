-- A key that was rotated names the one in its place, so that it is not rotated twice.

alter table app.api_keys
  add column replaced_by uuid constraint api_keys_replaced_by_fkey references app.api_keys (id) on delete set null;
create index api_keys_replaced_by_idx on app.api_keys (replaced_by) where replaced_by is not null;

-- The log is opened by whom the schema belongs to, and by nobody else who may call functions of it.
revoke execute on function app.open_audit_log() from public;
revoke execute on function app.prune_audit_log(interval, integer) from public;
