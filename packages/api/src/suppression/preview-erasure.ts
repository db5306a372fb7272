import type { Reader } from "@scrapersky/db";
import { erasePatterns } from "./erase-pattern.ts";
import { countTexts } from "./erase-texts.ts";
import { readErasable } from "./read-erasable.ts";
import type { ErasurePreview } from "./suppression.contract.ts";
import { placeName, TEXT_PLACES } from "./text-places.ts";

/**
 * Counts the rows of each place that hold an address or a domain. Changes nothing.
 * @throws DomainError INVALID_INPUT for what is neither
 */
export async function previewErasure(
  reader: Reader,
  tenantId: string,
  subject: string,
): Promise<ErasurePreview> {
  const entry = readErasable(subject);
  const asked = { tenantId, patterns: erasePatterns(entry) };
  const found: Record<string, number> = {};
  for (const place of TEXT_PLACES) {
    const rows = await countTexts(reader, place, asked);
    if (rows > 0) found[placeName(place)] = rows;
  }
  return { kind: entry.kind, entry: entry.shown, found };
}
