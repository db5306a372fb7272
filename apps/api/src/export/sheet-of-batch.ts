import { type Actor, getGivenList, readLines, RESULT_COLUMNS } from "@scrapersky/api";
import type { Column } from "@scrapersky/api/contract";
import type { Reader } from "@scrapersky/db";
import type { Sheet } from "./send-export.ts";

/**
 * The list of a batch as it was given, with its own columns, and what became of each line beside.
 * @throws DomainError NOT_FOUND
 */
export async function sheetOfBatch(
  { actor, reader }: { actor: Actor; reader: Reader },
  batchName: string,
  keyOf: (column: string) => string,
): Promise<Sheet> {
  const list = await getGivenList(reader, actor.tenantId, batchName);
  const own = list.columns.map((header): Column => ({ header, kind: "text" }));
  const results = Object.keys(RESULT_COLUMNS);
  return {
    columns: [...own, ...Object.values(RESULT_COLUMNS)],
    keys: [...ownKeys(list.columns, new Set(results.map(keyOf))), ...results.map(keyOf)],
    asked: {
      list: "list",
      filters: { batchId: list.batchId },
      columns: [...list.columns, ...results],
      sinceId: undefined,
      batchName: list.batchId,
    },
    needs: ["batches:read", "contacts:read"],
    read: (_begun, signal) => readLines(reader, actor.tenantId, list, signal),
  };
}

/** Their names as they are; one that stands twice, or is ours, gets a number. */
function ownKeys(names: readonly string[], taken: Set<string>): string[] {
  return names.map((name) => {
    let key = name;
    for (let number = 2; taken.has(key); number++) key = `${name} (${number})`;
    taken.add(key);
    return key;
  });
}
