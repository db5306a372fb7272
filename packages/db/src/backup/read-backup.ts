import { copyRowsIn } from "../session/scope/copy.ts";
import { executeForLibrary, executeRawSql } from "../session/scope/raw-sql.ts";
import type { Tx } from "../session/types.ts";
import { defineStatement } from "../statement/define-statement.ts";
import { copyLine, END_OF_ROWS, fullName, readLine, type Totals } from "./format.ts";
import { findTables } from "./tables.ts";

/** Behind the last row the server checks all references of a table before it answers. */
const ANSWER_MS_MAX = 3_600_000;

const setval = defineStatement(
  "select from pg_catalog.setval(:sequence::text::regclass, :value::text::int8, true)",
);

// Whatever numbers transactions from now on, whoever synchronised with the database before has to begin anew.
const epochForgotten = defineStatement("update app.revision_epochs set cluster = 'restored'");
const epochRenewed = defineStatement("select from app.renew_epoch()");

/**
 * Takes out whatever rows of ours there are and brings in those of a backup, all or nothing.
 * @param lines of the backup behind its first one
 * @param before called with the full name of each table before its rows come
 * @throws Error when it is not whole; DatabaseError when a row does not fit
 */
export async function readBackup(
  tx: Tx,
  lines: AsyncIterator<string>,
  before: (table: string) => Promise<void> = async () => {},
): Promise<Totals> {
  const { ours } = await findTables(tx);
  const here = new Map(ours.map((table) => [fullName(table), table]));
  await executeForLibrary(tx, `truncate ${[...here.keys()].join(", ")} restart identity`);
  const totals: Totals = {};
  let promised: Totals | undefined;
  for (let next = await lines.next(); !next.done; next = await lines.next()) {
    const line = readLine(next.value);
    if (line?.kind === "totals") promised = line.totals;
    if (line?.kind === "sequence") {
      const { sequence, value } = line;
      await executeRawSql(tx, setval, { sequence, value });
    }
    if (line?.kind !== "rows") continue;
    const name = fullName(line.table);
    if (!here.has(name)) throw new Error(`the backup has rows of ${name}, which is not there`);
    await before(name);
    totals[name] = await copyRowsIn(
      tx,
      copyLine(line.table).trim(),
      rowsOf(lines),
      (row) => `${row}\n`,
      { name: `restore ${line.table.name}`, stallTimeoutMs: ANSWER_MS_MAX },
    );
  }
  if (promised === undefined || !isSame(promised, totals)) {
    throw new Error("the backup is not whole: its end is missing, or rows are");
  }
  await executeRawSql(tx, epochForgotten);
  await executeRawSql(tx, epochRenewed);
  return totals;
}

/** The lines up to the end of the rows of one table; what stands behind is for the next who asks. */
async function* rowsOf(lines: AsyncIterator<string>): AsyncGenerator<string> {
  for (;;) {
    const next = await lines.next();
    if (next.done) throw new Error("the backup is not whole: it ends within a table");
    if (next.value === END_OF_ROWS) return;
    yield next.value;
  }
}

const isSame = (one: Totals, other: Totals): boolean =>
  Object.keys(one).length === Object.keys(other).length &&
  Object.entries(one).every(([name, rows]) => other[name] === rows);
