// What every list that follows the leads of a tenant asks of their revisions, as SQL.

export const NO_ID = "00000000-0000-0000-0000-000000000000";
export const LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** What was being written at that moment began no earlier. */
export const LONGEST_WRITE = "interval '10 minutes'";

/**
 * The leads that were written from a place on, one more than the limit, as the first may be told already. The next entries of the index are read
 * whoever's they are: of an equal tenant in a table that nobody analysed the planner would gather and sort all.
 */
export const LEADS_WRITTEN = `select next.domain_id, next.revision from (
     select l.tenant_id, l.domain_id, l.revision from app.leads l
     where (l.tenant_id, l.revision, l.domain_id) >= (:tenantId::uuid, :revision::xid8, :domainId::uuid)
       and l.revision < (select revision from settled)
     order by l.tenant_id, l.revision, l.domain_id limit :limit::int + 1
   ) next where next.tenant_id = :tenantId::uuid` as const;

/** The first revision of what may have been written or deleted since a time. */
export const FIRST_SINCE = `least(
     (select min(revision) from app.leads
      where tenant_id = :tenantId::uuid and updated_at >= :since::timestamptz - ${LONGEST_WRITE}),
     (select min(revision) from app.lead_tombstones
      where tenant_id = :tenantId::uuid and deleted_at >= :since::timestamptz - ${LONGEST_WRITE})
   )` as const;
