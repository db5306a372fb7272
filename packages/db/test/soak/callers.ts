import { setTimeout as pause } from "node:timers/promises";
import {
  type Database,
  type DatabaseError,
  type DatabaseErrorKind,
  executeRawSql,
  findDatabaseError,
} from "../../src/index.ts";
import { driverErrorOf } from "../../src/session/errors.ts";
import { ACCOUNTS, TOTAL, totalOf, transferIn, TRANSFER_AT_ONCE } from "./bank.ts";
import type { Random } from "./random.ts";
import { ACQUIRE_MS, STATEMENT_MS } from "./stand.ts";

export type Outcome = "committed" | "failed" | "unknown";

/** How a call ended for its caller, and what it was told if it failed. */
export interface Told {
  outcome: Outcome;
  what: string;
}

/** Everything the callers were told, to be held against what the database holds. */
export interface Account {
  transfers: Map<number, Told>;
  calls: number;
  kinds: Map<DatabaseErrorKind | "on purpose", number>;
  /** Sentences about what must never happen. */
  violations: string[];
}

/** A cancelled statement gets this long to answer before its connection is destroyed. */
const CANCEL_GRACE_MS = 500;
/** What a busy machine may add to a call of any length. */
const SLACK_MS = 4_000;
const VIOLATIONS_MAX = 50;

class OnPurpose extends Error {}

export const newAccount = (): Account => ({
  transfers: new Map(),
  calls: 0,
  kinds: new Map(),
  violations: [],
});

export function violate(account: Account, sentence: string): void {
  if (account.violations.length < VIOLATIONS_MAX) account.violations.push(sentence);
}

/** One caller: transfers, reads and sums until told to stop. */
export async function beCaller(
  database: Database,
  random: Random,
  account: Account,
  nextId: () => number,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const dice = random.next();
    if (dice < 0.55) await transfer(database, random, account, nextId());
    else if (dice < 0.75) await transferAtOnce(database, random, account, nextId());
    else if (dice < 0.95) await readOwn(database, random, account, nextId());
    else await sum(database, account);
    if (random.chance(0.3)) await pause(random.between(0, 20));
    // Nobody calls a thousand times a second while nothing can be reached.
    if (database.stats().failing !== undefined) await pause(random.between(20, 100));
  }
}

/** Longest a call of so many statements may take: each waits, runs, and is cancelled at worst. */
const limitMs = (statements: number): number =>
  ACQUIRE_MS + statements * (STATEMENT_MS + CANCEL_GRACE_MS) + SLACK_MS;

/** Runs one call, notes what its caller was told and whether it kept to its time. */
async function call(
  account: Account,
  what: string,
  statements: number,
  work: () => Promise<unknown>,
): Promise<Told> {
  account.calls++;
  const startedAt = performance.now();
  const limit = limitMs(statements);
  const overdue = setTimeout(() => violate(account, `${what} still runs after ${limit} ms`), limit);
  try {
    await work();
    return { outcome: "committed", what };
  } catch (error) {
    if (error instanceof OnPurpose) {
      count(account, "on purpose");
      return { outcome: "failed", what: `${what} changed its mind` };
    }
    const failure = findDatabaseError(error);
    if (!failure) {
      violate(account, `${what} failed with ${String(error)}, which is no DatabaseError`);
      return { outcome: "unknown", what };
    }
    count(account, failure.kind);
    if (failure.kind === "other" || failure.kind === "misuse") {
      violate(account, describe(what, failure));
    }
    return {
      outcome: failure.outcomeUnknown ? "unknown" : "failed",
      what: describe(what, failure),
    };
  } finally {
    clearTimeout(overdue);
    const tookMs = performance.now() - startedAt;
    if (tookMs > limit) violate(account, `${what} took ${Math.round(tookMs)} of ${limit} ms`);
  }
}

/** What the caller was told and what the driver had said, for whoever hunts a violation. */
const describe = (what: string, failure: DatabaseError): string =>
  `${what}: ${failure.kind}, ${failure.message}, because of ${String(driverErrorOf(failure) ?? failure.cause)}`;

function count(account: Account, kind: DatabaseErrorKind | "on purpose"): void {
  account.kinds.set(kind, (account.kinds.get(kind) ?? 0) + 1);
}

function randomTransfer(random: Random, id: number) {
  const from = random.between(1, ACCOUNTS);
  const to = ((from + random.between(0, ACCOUNTS - 2)) % ACCOUNTS) + 1;
  return { id, from, to, amount: random.between(1, 5) };
}

async function transfer(database: Database, random: Random, account: Account, id: number) {
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
  const told = await call(account, `transfer ${id}`, 6 * tries, () =>
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

async function transferAtOnce(database: Database, random: Random, account: Account, id: number) {
  const told = await call(account, `transfer at once ${id}`, 1, () =>
    executeRawSql(
      database.db,
      TRANSFER_AT_ONCE,
      { ...randomTransfer(random, id) },
      random.chance(0.1) ? { timeoutMs: random.between(1, 200) } : {},
    ),
  );
  account.transfers.set(id, told);
}

async function readOwn(database: Database, random: Random, account: Account, token: number) {
  const size = random.between(1, 300);
  await call(account, `read ${token}`, 1, async () => {
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

async function sum(database: Database, account: Account) {
  await call(account, "sum", 3, async () => {
    const total = await database.db.transaction((tx) => totalOf(tx), {
      isolation: "repeatable read",
      readOnly: true,
    });
    if (total !== TOTAL) violate(account, `the balances summed up to ${total}, not ${TOTAL}`);
  });
}
