import type { Tx } from "@scrapersky/db";
import { purges, suppressions } from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { and, eq, isNull, sql } from "drizzle-orm";
import { ERASED, erasePatterns } from "./erase-pattern.ts";
import { eraseTexts } from "./erase-texts.ts";
import { findStored } from "./find-stored.ts";
import { removeDomains } from "./remove-domains.ts";
import { removeEmails } from "./remove-emails.ts";
import { removePages } from "./remove-pages.ts";
import type { Purge } from "./suppression.contract.ts";
import { placeName, TEXT_PLACES } from "./text-places.ts";

/** The part of the queue that an erasure needs. */
export type Erasing = Pick<Queue, "eraseSites">;

interface Step {
  removed: Record<string, number>;
  /** Null when the stage is over. */
  after: string | null;
}

const RESULTS = 0;
const QUEUE = 1;
const TEXTS = 2;

/** How many stages a purge has. Texts are looked through twice: who read them before the first time may write behind it. */
const STAGES = { results: 1, everywhere: TEXTS + 2 * TEXT_PLACES.length };

/**
 * Does the next step of a purge, each in a transaction of its own; one that another is at is left alone.
 * @returns undefined when there is nothing to do at the moment
 */
export async function continuePurge(
  tx: Tx,
  queue: Erasing,
  purgeId: string,
): Promise<Purge | undefined> {
  const [row] = await tx
    .select()
    .from(purges)
    .where(and(eq(purges.id, purgeId), isNull(purges.endedAt)))
    .for("no key update", { skipLocked: true });
  if (!row) return undefined;
  const { removed: before, scope } = row;
  const { removed, after } = await takeStep(tx, queue, row);
  const sum = { ...before };
  for (const [place, count] of Object.entries(removed)) {
    if (count > 0) sum[place] = (sum[place] ?? 0) + count;
  }
  const stage = after === null ? row.stage + 1 : row.stage;
  const ended = stage >= STAGES[scope];
  await tx
    .update(purges)
    .set({
      stage,
      after: after ?? "",
      removed: sum,
      endedAt: ended ? sql`clock_timestamp()` : null,
    })
    .where(eq(purges.id, purgeId));
  return { purgeId, scope, ended, removed: sum };
}

async function takeStep(tx: Tx, queue: Erasing, row: typeof purges.$inferSelect): Promise<Step> {
  const { tenantId } = row;
  const entries = await tx
    .select({ kind: suppressions.kind, entry: suppressions.entry })
    .from(suppressions)
    .where(eq(suppressions.purgeId, row.id));
  const [entry] = entries;
  // Somebody took it off the list meanwhile.
  if (!entry) return { removed: {}, after: null };
  if (row.stage === RESULTS) {
    const keys = new Set(entries.map((each) => each.entry));
    const stored = await findStored(tx, tenantId, keys, row.after);
    const domains = await removeDomains(tx, tenantId, stored.domainIds);
    const pages = await removePages(tx, stored.hosts);
    const emails = await removeEmails(tx, stored.emails);
    const removed = { ...domains, ...emails, pages: (domains["pages"] ?? 0) + pages };
    return { removed, after: stored.isLast ? null : stored.after };
  }
  const patterns = erasePatterns(entry);
  if (row.stage === QUEUE) {
    const messages = await queue.eraseSites(tx, { tenantId, pattern: patterns.text, mark: ERASED });
    return { removed: { messages }, after: null };
  }
  const place = TEXT_PLACES[(row.stage - TEXTS) % TEXT_PLACES.length];
  if (!place) return { removed: {}, after: null };
  const { changed, isLast } = await eraseTexts(tx, place, { tenantId, patterns });
  return { removed: { [placeName(place)]: changed }, after: isLast ? null : "" };
}
