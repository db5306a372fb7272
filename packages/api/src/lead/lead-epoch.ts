import { defineStatement, type Executor, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { revisionEpochs } from "@scrapersky/db/schema";

// Another server, or rows of the tenant that this one did not count.
const standing = defineStatement(
  `with coming as materialized (select app.coming_revision() as revision)
   select epoch, cluster is not distinct from app.cluster()
     and not exists (
       select from app.leads
       where tenant_id = :tenantId::uuid and revision >= (select revision from coming)
     ) and not exists (
       select from app.lead_tombstones
       where tenant_id = :tenantId::uuid and revision >= (select revision from coming)
     ) as is_here
   from app.revision_epochs`,
  { epoch: revisionEpochs.epoch, is_here: "bool" },
);

const renewed = defineStatement("select from app.renew_epoch()");

/**
 * The epoch that revisions are counted in. A database that was restored on another server, or on this one from an earlier
 * state, gets a new one at the first question, which waits for those who write: no place told before leads on in it.
 */
export async function findLeadEpoch(executor: Executor, tenantId: string): Promise<string> {
  const found = await executeRawSqlOne(executor, standing, { tenantId });
  if (found?.is_here) return found.epoch;
  await executeRawSql(executor, renewed, {});
  const begun = await executeRawSqlOne(executor, standing, { tenantId });
  if (!begun) throw new Error("app.revision_epochs has no row");
  return begun.epoch;
}
