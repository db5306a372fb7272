import type { Tx } from "@scrapersky/db";
import { leads } from "@scrapersky/db/schema";
import { sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { changeLead } from "./change-lead.ts";
import type { LeadNotes, LeadUpdate } from "./lead.contract.ts";
import { toNotes } from "./lead-detail.ts";

/**
 * Changes what staff noted on a lead. Scans leave it alone.
 * @throws DomainError NOT_FOUND; CONFLICT when somebody else changed it meanwhile
 */
export async function updateLead(
  tx: Tx,
  caller: Caller,
  { patch: { contacted, ...patch }, ...place }: LeadUpdate,
): Promise<LeadNotes> {
  const row = await changeLead(tx, caller, place, {
    ...patch,
    ...(contacted === undefined
      ? {}
      : { contactedAt: contacted ? sql`coalesce(${leads.contactedAt}, now())` : null }),
  });
  await recordAudit(tx, caller, {
    action: "leads.update",
    targetType: "lead",
    targetId: row.domainId,
    detail: {
      changed: Object.keys(patch),
      ...(contacted === undefined ? {} : { contacted }),
      ...(patch.doNotContact === undefined ? {} : { doNotContact: patch.doNotContact }),
    },
  });
  return toNotes(row);
}
