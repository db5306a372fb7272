import { copyIn, type Tx } from "@scrapersky/db";
import { batchLines, batchLists } from "@scrapersky/db/schema";
import type { Plan } from "./plan-jobs.ts";
import type { GivenList } from "./read-given.ts";

export interface StoredList extends GivenList {
  batchId: string;
  tenantId: string;
  plan: Pick<Plan, "places">;
  fileName: string | undefined;
}

/** Keeps the list of a batch as it was given, line by line, each with the place of the job that it became. */
export async function storeList(tx: Tx, list: StoredList): Promise<void> {
  const { batchId, tenantId, columns, nameColumn, fileName, entries } = list;
  await tx.insert(batchLists).values({
    batchId,
    tenantId,
    columns: [...columns],
    nameColumn,
    fileName: fileName || null,
    lastLine: entries.at(-1)?.line ?? 0,
  });
  await storeLines(tx, list);
}

const COLUMNS = [
  "batchId",
  "line",
  "entry",
  "kind",
  "input",
  "domain",
  "position",
  "ofLine",
  "reason",
  "cells",
] as const;

/** The lines alone, for a list that is there. */
export const storeLines = (
  tx: Tx,
  list: Pick<StoredList, "batchId" | "entries" | "cells" | "plan">,
): Promise<number> => copyIn(tx, batchLines, COLUMNS, rowsOf(list));

function* rowsOf({
  batchId,
  entries,
  cells,
  plan,
}: Pick<StoredList, "batchId" | "entries" | "cells" | "plan">): Generator<unknown[], void> {
  let last = { line: 0, entry: 0 };
  for (const [at, { line, kind, input, domain, of, reason }] of entries.entries()) {
    last = { line, entry: line === last.line ? last.entry + 1 : 0 };
    const place = plan.places[at] ?? null;
    const reused = place === null && domain !== null && kind !== "duplicate";
    const became = reused ? "recent" : kind;
    const own = cells.get(line) ?? [];
    yield [batchId, line, last.entry, became, input, domain, place, of, reason, own];
  }
}
