import {
  defineStatement,
  type Executor,
  executeRawSql,
  executeRawSqlOne,
  nullable,
} from "@scrapersky/db";
import { serverStarts } from "@scrapersky/db/schema";

// Another database or server, or rows of the tenant that this one did not count.
const standing = defineStatement(
  `with coming as materialized (select app.coming_revision() as revision)
   select cluster is not distinct from app.cluster()
     and not exists (
       select from app.leads where tenant_id = :tenantId::uuid and revision >= (select revision from coming)
     ) and not exists (
       select from app.lead_tombstones where tenant_id = :tenantId::uuid and revision >= (select revision from coming)
     ) and not exists (
       select from app.changed_work where tenant_id = :tenantId::uuid and revision >= (select revision from coming)
     ) as is_here,
     (select id from app.server_starts where started = pg_postmaster_start_time() order by number limit 1) as start
   from app.revision_epochs`,
  { is_here: "bool", start: nullable(serverStarts.id) },
);

const noted = defineStatement("select from app.note_start()");
const renewed = defineStatement("select from app.renew_epoch()");

/**
 * The start of the server that revisions are counted since. A database that was brought back on another server, or on this
 * one from an earlier state, begins a new history at the first question, which waits for those who write: no place told before
 * leads on in it.
 */
export async function findServerStart(executor: Executor, tenantId: string): Promise<string> {
  const found = await executeRawSqlOne(executor, standing, { tenantId });
  if (found?.is_here && found.start !== null) return found.start;
  await executeRawSql(executor, found?.is_here ? noted : renewed, {});
  const begun = await executeRawSqlOne(executor, standing, { tenantId });
  if (!begun?.start) throw new Error("app.server_starts has no row of this start");
  return begun.start;
}
