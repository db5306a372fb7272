import type { Tx } from "@scrapersky/db";
import { tenantSettings } from "@scrapersky/db/schema";
import { sql } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { getSettings, toSettings } from "./get-settings.ts";
import type { Settings, SettingsUpdate } from "./settings.contract.ts";

/**
 * Changes how the caller's tenant wants things. Scans from then on go by it; `npm run db -- leads` applies it to what is
 * stored.
 * @throws DomainError CONFLICT when somebody else changed them meanwhile
 */
export async function updateSettings(
  tx: Tx,
  caller: Caller,
  { expectedUpdatedAt, patch }: SettingsUpdate,
): Promise<Settings> {
  const before = await getSettings(tx, caller.actor.tenantId);
  const updatedAt = sql`clock_timestamp()`;
  const [row] = await tx
    .insert(tenantSettings)
    .values({ tenantId: caller.actor.tenantId, ...patch, updatedAt })
    .onConflictDoUpdate({
      target: tenantSettings.tenantId,
      set: { ...patch, updatedAt },
      setWhere: sql`${tenantSettings.updatedAt} is not distinct from ${expectedUpdatedAt}::timestamptz`,
    })
    .returning();
  if (!row) {
    throw new DomainError(
      "CONFLICT",
      "Somebody else changed the settings meanwhile. Read them again.",
      { errorCode: "STALE" },
    );
  }
  await recordAudit(tx, caller, {
    action: "settings.update",
    targetType: "tenant",
    targetId: caller.actor.tenantId,
    detail: { before: chosen(before), after: chosen(toSettings(row)) },
  });
  return toSettings(row);
}

const chosen = ({ updatedAt: _updatedAt, ...settings }: Settings): Omit<Settings, "updatedAt"> =>
  settings;
