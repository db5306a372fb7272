import { expression, nullable } from "@scrapersky/db";
import { auditLog, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { eq, gte, inArray, lt, sql } from "drizzle-orm";
import { defineList } from "../list/define-list.ts";
import { descending } from "../list/list-rows.ts";
import { SERVICE_NAME } from "../service-account/service-name.ts";
import { isoTime } from "../time.ts";
import type { AuditRow } from "./audit.contract.ts";
import { AUDIT_LIST } from "./audit-list.contract.ts";

const actorName = sql`coalesce(${profiles.name}, ${profiles.email}, ${SERVICE_NAME})`;

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
  read: ({ reader, page, place }) =>
    reader
      .select({
        ...place,
        id: auditLog.id,
        at: auditLog.at,
        actorId: auditLog.actorId,
        actorName: expression(nullable("text"))`${actorName}`,
        action: auditLog.action,
        outcome: auditLog.outcome,
        count: auditLog.count,
        targetType: auditLog.targetType,
        targetId: auditLog.targetId,
        source: auditLog.source,
        requestId: auditLog.requestId,
        detail: auditLog.detail,
      })
      .from(page)
      .innerJoin(auditLog, eq(auditLog.id, page.id))
      .leftJoin(profiles, eq(profiles.id, auditLog.actorId))
      .leftJoin(serviceAccounts, eq(serviceAccounts.id, auditLog.actorId)),
  toItem: ({ id, at, actorId, actorName: name, targetId, detail, ...row }, rights): AuditRow => ({
    ...row,
    auditId: String(id),
    at: isoTime(at),
    actor: actorId === null ? null : { id: actorId, name },
    targetId: rights.mayReadContacts ? targetId : null,
    detail: rights.mayReadContacts ? (detail as AuditRow["detail"]) : null,
  }),
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
