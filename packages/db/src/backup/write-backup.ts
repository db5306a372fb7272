import { copyOut } from "../session/scope/copy.ts";
import type { Tx } from "../session/types.ts";
import { quotedName } from "../session/sql/quoted-name.ts";
import {
  type BackupFacts,
  copyLine,
  END_OF_ROWS,
  factsLine,
  fullName,
  setvalLine,
  type Totals,
  totalsLine,
} from "./format.ts";
import { findSequences, findTables, type TablesOf } from "./tables.ts";

const LINE_END = 10;

/**
 * Writes all rows of ours, as one moment sees them.
 * @param tx a transaction that reads, with a snapshot of its own: `repeatable read`
 * @param write gets each piece in turn; the next one waits for the promise it returns
 * @throws Error when a real table has columns that restoring could not bring back
 */
export async function writeBackup(
  tx: Tx,
  facts: BackupFacts,
  write: (piece: Buffer | string) => Promise<void>,
): Promise<{ totals: Totals; leftOut: string[] }> {
  const { ours, foreign } = await findTables(tx);
  if (foreign.columns.length > 0) throw new Error(describeForeign(foreign.columns));
  await write(factsLine(facts));
  const totals: Totals = {};
  for (const table of ours.filter(({ isPassing }) => !isPassing)) {
    let rows = 0;
    await write(copyLine(table));
    const columns = table.columns.map(quotedName).join(", ");
    // Of a table with partitions only a query can be copied.
    await copyOut(tx, `copy (select ${columns} from ${fullName(table)}) to stdout`, (piece) => {
      for (let at = piece.indexOf(LINE_END); at >= 0; at = piece.indexOf(LINE_END, at + 1)) rows++;
      return write(piece);
    });
    await write(`${END_OF_ROWS}\n\n`);
    totals[fullName(table)] = rows;
  }
  for (const { sequence, value } of await findSequences(tx)) {
    if (value !== null) await write(setvalLine(sequence, value));
  }
  await write(totalsLine(totals));
  return { totals, leftOut: foreign.tables };
}

const describeForeign = (columns: string[]): string =>
  `real tables have columns of your own (${columns.join(", ")}), which restoring could not bring back: ` +
  "copy this database with pg_dump";

/** What a person has to know of tables that are not in it; undefined where there are none. */
export const describeLeftOut = (tables: TablesOf["foreign"]["tables"]): string | undefined =>
  tables.length === 0
    ? undefined
    : `Not in it, because they are none of ours: ${tables.map((name) => name.replaceAll('"', "")).join(", ")}.`;
