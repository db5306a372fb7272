import { auditLog, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { eq, gte, inArray, lt, sql } from "drizzle-orm";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import { AUDIT_LIST } from "./audit-list.contract.ts";
import { actorName, readAudit, toAuditRow } from "./read-audit.ts";

/** The index on (tenant_id, id) gives the page. */
export const listAudit = defineList(AUDIT_LIST, {
  rows: {
    tenant: auditLog.tenantId,
    id: auditLog.id,
    from: (select) => select.from(auditLog),
    where: {
      outcome: (outcomes) => inArray(auditLog.outcome, outcomes),
      action: (actions) =>
        sql`(${auditLog.action} = any(${sql.param(actions)}::text[]) or split_part(${auditLog.action}, '.', 1) = any(${sql.param(actions)}::text[]))`,
      actor: (actors) => sql`${auditLog.actorId}::text = any(${sql.param(actors)}::text[])`,
      targetId: (targets) => inArray(auditLog.targetId, targets),
      from: (from) => gte(auditLog.at, from),
      to: (to) => lt(auditLog.at, to),
    },
    orders: { newest: descending({ value: auditLog.id, type: "bigint" }) },
  },
  read: readAudit,
  toItem: toAuditRow,
  cells: {
    came: auditLog.at,
    join: (select) =>
      select
        .leftJoin(profiles, eq(profiles.id, auditLog.actorId))
        .leftJoin(serviceAccounts, eq(serviceAccounts.id, auditLog.actorId)),
    columns: {
      at: auditLog.at,
      actor: actorName,
      action: auditLog.action,
      outcome: auditLog.outcome,
      count: auditLog.count,
      targetType: auditLog.targetType,
      targetId: auditLog.targetId,
      source: auditLog.source,
      requestId: auditLog.requestId,
      detail: sql`${auditLog.detail}::text`,
    },
  },
});
