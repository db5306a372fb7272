import { expression, nullable, type Reader } from "@scrapersky/db";
import { auditLog, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { eq, type SQL, sql } from "drizzle-orm";
import type { Rights } from "../list/list-rights.ts";
import type { PageOfIds } from "../list/select-page.ts";
import { SERVICE_NAME } from "../service-account/service-name.ts";
import { isoTime } from "../time.ts";
import type { AuditRow } from "./audit.contract.ts";

export const actorName = sql`coalesce(${profiles.name}, ${profiles.email}, ${SERVICE_NAME})`;

interface Asked {
  reader: Reader;
  page: PageOfIds;
  place: { place: SQL<string[]> };
}

/** What is told of the rows of a page of the log. */
export const readAudit = ({ reader, page, place }: Asked) =>
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
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, auditLog.actorId));

type Row = Awaited<ReturnType<typeof readAudit>>[number];

export const toAuditRow = (
  { id, at, actorId, actorName: name, targetId, detail, ...row }: Omit<Row, "place">,
  rights: Rights,
): AuditRow => ({
  ...row,
  auditId: String(id),
  at: isoTime(at),
  actor: actorId === null ? null : { id: actorId, name },
  targetId: rights.mayReadContacts ? targetId : null,
  detail: rights.mayReadContacts ? (detail as AuditRow["detail"]) : null,
});
