import type { Tx } from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { DomainError, notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";
import type { Caller } from "../rbac/actor.ts";

export interface LeadPlace {
  domainId: string;
  /** What the notes were read with; null when nobody had noted anything. */
  expectedUpdatedAt: string | null;
}

/**
 * Changes columns of a lead that are the staff's, when nobody else did since they were read.
 * @throws DomainError NOT_FOUND, CONFLICT
 */
export async function changeLead(
  tx: Tx,
  { actor }: Caller,
  { domainId: domainIdText, expectedUpdatedAt }: LeadPlace,
  change: PgUpdateSetSource<typeof leads>,
): Promise<typeof leads.$inferSelect> {
  const domainId = requireUuid(domainIdText, "Lead");
  const isOwn = and(eq(leads.domainId, domainId), eq(leads.tenantId, actor.tenantId));
  const [row] = await tx
    .update(leads)
    .set({
      ...change,
      editedAt: sql`clock_timestamp()`,
      editedBy: actor.id,
    })
    .where(
      and(isOwn, sql`${leads.editedAt} is not distinct from ${expectedUpdatedAt}::timestamptz`),
    )
    .returning();
  if (row) return row;
  const [other] = await tx.select({ id: leads.domainId }).from(leads).where(isOwn);
  if (!other) throw notFound("Lead");
  throw new DomainError("CONFLICT", "Somebody else changed this lead meanwhile. Read it again.", {
    errorCode: "STALE",
  });
}
