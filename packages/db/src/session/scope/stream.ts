import { checkedTimeout } from "../config/time-limit.ts";
import { DatabaseError } from "../errors/database-error.ts";
import type { Pool } from "../pool/pool.ts";
import { bindNamed, parseNamedParameters } from "../sql/named-parameters.ts";
import { parseRows } from "../sql/results.ts";
import { Handle } from "./handle.ts";

export interface StreamOptions {
  /** Rows fetched at a time, at most 1,000,000. Default 1,000. */
  batchRows?: number;
  /** Longest time the reader may take for one batch before its connection is taken back. Default 60,000 ms. */
  readerTimeoutMs?: number;
  signal?: AbortSignal;
}

const BATCH_ROWS = 1_000;
const BATCH_ROWS_MAX = 1_000_000;
const READER_TIMEOUT_MS = 60_000;

/**
 * Reads a result of any size in batches, in one read-only transaction, so that the batches fit each
 * other; the next batch is on its way while the reader works on one. Rows as `executeRawSql` gives
 * them. A reader that stops, by `break`, by throwing or by falling silent, holds nothing.
 * @throws DatabaseError; `closed` when the reader took longer than `readerTimeoutMs`
 */
export async function* streamRows<Row extends object>(
  pool: Pool,
  sql: string,
  params: Record<string, unknown>,
  { batchRows = BATCH_ROWS, readerTimeoutMs = READER_TIMEOUT_MS, signal }: StreamOptions,
): AsyncGenerator<Row[], void, undefined> {
  const taken = new Error("taken here");
  checkedTimeout(readerTimeoutMs, "readerTimeoutMs");
  if (!Number.isInteger(batchRows) || batchRows < 1 || batchRows > BATCH_ROWS_MAX) {
    throw new DatabaseError("misuse", `batchRows must be from 1 to ${BATCH_ROWS_MAX}`);
  }
  const statement = parseNamedParameters(sql);
  const values = bindNamed(statement, params);
  const slot = await pool.acquire(signal);
  pool.loans.begin(slot, "stream", taken);
  const defaults = { timeoutMs: pool.options.statementTimeoutMs, name: "stream", signal };
  const handle = new Handle(slot, { what: "transaction", before: ["begin read only"], defaults });
  let timer: NodeJS.Timeout | undefined;
  let late = false;
  const fetch = () => {
    const rows = handle.query(`fetch ${batchRows} from rows`, []);
    // Awaited when the reader comes back, which may be after it failed.
    rows.catch(() => {});
    return rows;
  };
  try {
    await handle.query(`declare rows no scroll cursor for ${statement.text}`, values, {
      single: true,
    });
    for (let next = fetch(); ;) {
      const rows = await next;
      if (rows.length === 0) return;
      const last = rows.length < batchRows;
      if (!last) next = fetch();
      timer = setTimeout(() => {
        late = true;
        slot.destroy();
        pool.release(slot);
      }, readerTimeoutMs);
      yield parseRows(rows, "text") as Row[];
      clearTimeout(timer);
      if (late) {
        throw new DatabaseError("closed", `the reader took longer than ${readerTimeoutMs} ms`);
      }
      if (last) return;
    }
  } finally {
    clearTimeout(timer);
    await handle.end();
    if (handle.began && !slot.dead) {
      const { timeoutMs } = defaults;
      await slot.run("rollback", [], { timeoutMs, name: "rollback" }).catch(() => slot.destroy());
    }
    pool.release(slot);
  }
}
