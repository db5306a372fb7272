import type { Tx } from "@scrapersky/db";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";
import { noteDrift } from "./note-drift.ts";

/** Compares now, and keeps what was found. */
export async function checkDrift(tx: Tx, caller: Caller): Promise<{ checked: true }> {
  const { counts } = await noteDrift(tx);
  await recordAudit(tx, caller, {
    action: "drift.check",
    targetType: "schema",
    targetId: "drift",
    detail: counts,
  });
  return { checked: true };
}
