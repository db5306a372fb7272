import type { Reader } from "@scrapersky/db";
import type { Actor } from "../rbac/actor.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import { erasePatterns } from "./erase-pattern.ts";
import { countTexts } from "./erase-texts.ts";
import { readErasable } from "./read-erasable.ts";
import type { ErasurePreview } from "./suppression.contract.ts";
import { placeName, TEXT_PLACES } from "./text-places.ts";

/**
 * Counts the rows of each place that hold an address or a domain. Changes nothing.
 * @throws DomainError INVALID_INPUT for what is neither; FORBIDDEN for an address without the right to contacts: that it
 * is held is what only they are told
 */
export async function previewErasure(
  reader: Reader,
  actor: Actor,
  subject: string,
): Promise<ErasurePreview> {
  const entry = readErasable(subject);
  if (entry.kind === "email") requirePermission(actor, "contacts:read");
  const { tenantId } = actor;
  const asked = { tenantId, patterns: erasePatterns(entry) };
  const found: Record<string, number> = {};
  for (const place of TEXT_PLACES) {
    const rows = await countTexts(reader, place, asked);
    if (rows > 0) found[placeName(place)] = rows;
  }
  return { kind: entry.kind, entry: entry.shown, found };
}
