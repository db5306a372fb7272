import type { Tx } from "@scrapersky/db";
import { driftIgnored } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { notFound } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePerson } from "../rbac/require-person.ts";
import type { DriftIgnore } from "./drift.contract.ts";
import { getDrift } from "./get-drift.ts";

/**
 * Says that a difference is meant to be, and why. It is told all the same, and counted no more.
 * @throws DomainError NOT_FOUND for one that is not there any more, or not in that way
 */
export async function ignoreDrift(
  tx: Tx,
  caller: Caller,
  { key, reason }: DriftIgnore,
): Promise<{ ignored: true }> {
  const personId = requirePerson(caller.actor);
  const { differences } = await getDrift(tx);
  const difference = differences.find((one) => one.key === key);
  if (difference === undefined) throw notFound("Difference");
  const { what, severity } = difference;
  await tx
    .insert(driftIgnored)
    .values({ key, what, reason, personId })
    .onConflictDoUpdate({ target: driftIgnored.key, set: { reason, personId } });
  await recordAudit(tx, caller, {
    action: "drift.ignore",
    targetType: "difference",
    targetId: what,
    detail: { severity, reason },
  });
  return { ignored: true };
}
