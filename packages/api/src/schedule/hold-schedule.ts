import type { Tx } from "@scrapersky/db";
import { schedules } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import { notFound } from "../errors/domain-error.ts";
import { requireUuid } from "../identifier.ts";

/**
 * A schedule as it is, which nobody else changes or runs until the transaction ends.
 * @throws DomainError NOT_FOUND
 */
export async function holdSchedule(
  tx: Tx,
  { tenantId, scheduleId: text }: { tenantId: string; scheduleId: string },
): Promise<typeof schedules.$inferSelect> {
  const scheduleId = requireUuid(text, "Schedule");
  const [row] = await tx
    .select()
    .from(schedules)
    .where(and(eq(schedules.id, scheduleId), eq(schedules.tenantId, tenantId)))
    .for("no key update");
  if (!row) throw notFound("Schedule");
  return row;
}
