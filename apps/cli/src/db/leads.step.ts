import {
  bringUpNextLeads,
  chooseNextByRule,
  countWithoutLead,
  FROM_THE_BEGINNING,
} from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";

/** What bringing up came to; `left` are domains that were being scanned meanwhile. */
export interface LeadsBroughtUp {
  leads: number;
  unread: number;
  chosen: number;
  left: number;
}

/**
 * Makes leads of all domains that have none, then lets rules choose anew that were changed since. Each chunk is its own
 * transaction: whoever stops it loses nothing, and whoever starts it again goes on.
 */
export async function bringUpAll(
  db: Db,
  progress: (leads: number, total: number) => void,
): Promise<LeadsBroughtUp> {
  const done = { leads: 0, unread: 0, chosen: 0 };
  const total = await countWithoutLead(db);
  for (let after = FROM_THE_BEGINNING, isLast = total === 0; !isLast;) {
    const from = after;
    const chunk = await db.transaction((tx) => bringUpNextLeads(tx, from));
    done.leads += chunk.leads;
    done.unread += chunk.unread;
    ({ after, isLast } = chunk);
    progress(done.leads, total);
  }
  for (let after = FROM_THE_BEGINNING, isLast = false; !isLast;) {
    const from = after;
    const chunk = await db.transaction((tx) => chooseNextByRule(tx, from));
    done.chosen += chunk.chosen;
    ({ after, isLast } = chunk);
  }
  return { ...done, left: await countWithoutLead(db) };
}
