import type { Reader } from "@scrapersky/db";
import { requireBatch } from "../batch/find-batch-id.ts";
import { LEAD_LIST } from "../lead/lead-list.contract.ts";
import { PERSONAL } from "../list/list.contract.ts";
import type { Actor } from "../rbac/actor.ts";
import type { Permission } from "../rbac/permissions.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import type { ScheduleSource } from "./schedule.contract.ts";

/** The rights that a run of this needs: to make a batch, and to see the leads that a filter finds. */
export function rightsOf(source: ScheduleSource): Permission[] {
  if (source.kind === "batch") return ["batches:create"];
  const asksForContacts = Object.entries(source.filter).some(
    ([name, value]) => value !== undefined && isPersonal(name),
  );
  const reading: Permission[] = asksForContacts
    ? [LEAD_LIST.permission, PERSONAL]
    : [LEAD_LIST.permission];
  return ["batches:create", ...reading];
}

/** Whether a filter of the list of leads speaks of how somebody is reached. */
export const isPersonal = (name: string): boolean =>
  (LEAD_LIST.filters as Record<string, { personal?: true }>)[name]?.personal === true;

/**
 * Refuses what whoever asks could not run by hand.
 * @throws DomainError FORBIDDEN; NOT_FOUND for a batch that the tenant does not have
 */
export async function requireSource(
  reader: Reader,
  actor: Actor,
  source: ScheduleSource,
): Promise<void> {
  for (const permission of rightsOf(source)) requirePermission(actor, permission);
  if (source.kind === "batch") await requireBatch(reader, actor.tenantId, source.batchId);
}
