import { setTimeout as pause } from "node:timers/promises";
import { executeRawSql } from "../../src/index.ts";
import { call, type Caller, OnPurpose, violate } from "./account.ts";
import { randomTransfer, TOTAL, totalOf, transferIn, TRANSFER_AT_ONCE } from "./bank.ts";
import { copyBalancesOut, depositByBuilder, depositByCopy } from "./deposits.ts";
import { inSavepoints, inSession, streamBalances } from "./scopes.ts";

type Work = (caller: Caller, id: number) => Promise<void>;

/** What a caller may do next, and how often, against the others. */
const WORK: [weight: number, work: Work][] = [
  [40, transfer],
  [14, transferAtOnce],
  [12, readOwn],
  [4, sum],
  [8, inSavepoints],
  [6, inSession],
  [4, streamBalances],
  [5, depositByCopy],
  [3, copyBalancesOut],
  [4, depositByBuilder],
];
const LOTS = WORK.flatMap(([weight, work]) => Array<Work>(weight).fill(work));

/** Transfers, reads, sums and so on until told to stop. */
export async function beCaller(caller: Caller, stop: AbortSignal): Promise<void> {
  const { database, random, nextId, restMs } = caller;
  while (!stop.aborted) {
    await random.pick(LOTS)(caller, nextId());
    if (random.chance(0.3)) await pause(random.between(0, restMs));
    // Nobody calls a thousand times a second while nothing can be reached.
    if (database.stats().failing !== undefined) await pause(random.between(20, 100));
  }
}

async function transfer({ database, random, account }: Caller, id: number) {
  const caller = new AbortController();
  const abort = random.chance(0.1)
    ? setTimeout(() => caller.abort(), random.between(0, 60))
    : undefined;
  const tries = random.chance(0.3) ? 3 : 1;
  const changesItsMind = random.chance(0.05);
  const between = async () => {
    if (random.chance(0.2)) await pause(random.between(0, 10));
    if (changesItsMind) throw new OnPurpose();
  };
  const told = await call(account, "transfer", id, 6 * tries, () =>
    database.db.transaction((tx) => transferIn(tx, randomTransfer(random, id), between), {
      signal: caller.signal,
      retry: tries,
      ...(random.chance(0.2) ? { isolation: "serializable" } : {}),
      ...(random.chance(0.1) ? { statementTimeoutMs: random.between(5, 500) } : {}),
    }),
  );
  clearTimeout(abort);
  account.transfers.set(id, told);
}

async function transferAtOnce({ database, random, account }: Caller, id: number) {
  const told = await call(account, "transfer at once", id, 1, () =>
    executeRawSql(
      database.db,
      TRANSFER_AT_ONCE,
      { ...randomTransfer(random, id) },
      random.chance(0.1) ? { timeoutMs: random.between(1, 200) } : {},
    ),
  );
  account.transfers.set(id, told);
}

async function readOwn({ database, random, account }: Caller, token: number) {
  const size = random.between(1, 300);
  await call(account, "read", token, 1, async () => {
    const rows = await executeRawSql<{ token: number; n: number }>(
      database.db,
      "select :token::int as token, n, repeat('x', n) as body from generate_series(1, :size::int) n",
      { token, size },
    );
    const own = rows.every((row, at) => row.token === token && row.n === at + 1);
    if (rows.length !== size || !own) {
      violate(account, `read ${token} got ${rows.length} of ${size} rows, or another's`);
    }
  });
}

async function sum({ database, account }: Caller, id: number) {
  await call(account, "sum", id, 3, async () => {
    const total = await database.db.transaction((tx) => totalOf(tx), {
      isolation: "repeatable read",
      readOnly: true,
    });
    if (total !== TOTAL) violate(account, `the balances summed up to ${total}, not ${TOTAL}`);
  });
}
