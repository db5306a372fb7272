import { setTimeout as pause } from "node:timers/promises";
import { type Database, executeRawSql } from "../../src/index.ts";
import { openBank, storedTransfers, TOTAL, totalOf, wrongBalances } from "./bank.ts";
import { type Account, newAccount, type Outcome, violate } from "./account.ts";
import { beCaller } from "./callers.ts";
import { checkDeposits, openDeposits } from "./deposits.ts";
import { type FaultCounts, makeTrouble } from "./faults.ts";
import { beOwner } from "./own-connections.ts";
import { randomFrom } from "./random.ts";
import { describeBytes } from "./report.ts";
import { type SoakStand, startSoakStand } from "./stand.ts";

/** What has happened so far. */
export type SoakCounts = Record<Outcome, number> & Pick<SoakReport, "faults" | "succeeded">;

export interface SoakOptions {
  /** It lasts so long, and then until there was enough. */
  durationMs: number;
  enough?: (counts: SoakCounts) => boolean;
  /** False where others use the machine: then only a call that hangs is late. */
  isTimed?: boolean;
  seed: number;
  callers?: number;
  /** Longest rest of a caller between two calls. */
  restMs?: number;
  /** Ends the run early, and checks what there is. */
  signal?: AbortSignal;
  /** Gets a line about every so many milliseconds. */
  progress?: { everyMs: number; tell(line: string): void };
}

export interface SoakReport {
  seed: number;
  calls: number;
  outcomes: Record<Outcome, number>;
  /** How many calls of each sort did what they were asked. */
  succeeded: Map<string, number>;
  /** What failed calls were told. */
  kinds: Map<string, number>;
  faults: FaultCounts;
  replaced: number;
  violations: string[];
  /** Answers that fitted nothing that was asked, with the last bytes both ways. Their callers were told. */
  unexplained: string[];
}

/** Longest that what was cut off may stay open on the server, and that callers may take to end. */
const SETTLE_MS = 60_000;

/** Callers that want a connection of their own: more than there are. */
const OWNERS = 4;

/**
 * Transfers money between accounts through proxy and pooler while both, and the database, suffer.
 * In the end everything callers were told is held against what the database holds.
 */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { durationMs, seed, callers = 40, restMs = 20, signal, progress } = options;
  const { isTimed = true, enough = () => true } = options;
  const account = newAccount(isTimed);
  const faults: FaultCounts = new Map();
  const blame = (reason: unknown) =>
    violate(
      account,
      `nobody looked at an error: ${reason instanceof Error ? reason.stack : String(reason)}`,
    );
  process.on("unhandledRejection", blame);
  process.on("uncaughtException", blame);
  const startedAt = performance.now();
  const unexplained: string[] = [];
  const stand = await startSoakStand({
    outOfStep({ lastBytes }) {
      unexplained.push(describeBytes(performance.now() - startedAt, lastBytes));
      progress?.tell(unexplained.at(-1)!);
    },
  });
  const reports = progress && setInterval(() => tellProgress(), progress.everyMs);
  let clock: NodeJS.Timeout | undefined;
  let told = 0;
  const tellProgress = () => {
    const { committed, failed, unknown } = tally(account);
    const { lent, waiting, replaced } = stand.database.stats();
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    const happened = [...faults.values()].reduce((sum, times) => sum + times, 0);
    progress?.tell(
      `${String(seconds).padStart(5)} s  committed ${committed}  failed ${failed}  unknown ${unknown}` +
        `  faults ${happened}  lent ${lent}  waiting ${waiting}  replaced ${replaced}` +
        `  violations ${account.violations.length}  unexplained ${unexplained.length}`,
    );
    for (; told < account.violations.length; told++) progress?.tell(account.violations[told]!);
  };
  try {
    await openBank(stand.direct);
    await openDeposits(stand.direct);
    const random = randomFrom(seed);
    const ended = new AbortController();
    clock = setInterval(() => {
      if (performance.now() - startedAt < durationMs) return;
      if (enough({ ...tally(account), faults, succeeded: account.succeeded })) ended.abort();
    }, 100);
    const stop = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
    const trouble = makeTrouble(stand, random.fork(), faults, stop);
    let lastId = 0;
    const callerOf = (database: Database) => ({
      database,
      random: random.fork(),
      account,
      nextId: () => ++lastId,
      restMs,
    });
    const crowd = [
      ...Array.from({ length: callers }, () => beCaller(callerOf(stand.database), stop)),
      ...Array.from({ length: OWNERS }, () => beOwner(callerOf(stand.own), stop)),
    ];
    await trouble;
    const all = Promise.all(crowd).then(() => true);
    if (!(await Promise.race([all, pause(SETTLE_MS, false, { ref: false })]))) {
      violate(account, `callers still hang ${SETTLE_MS} ms after the last fault`);
    }
    await check(stand, account);
    const { replaced } = stand.database.stats();
    const { kinds, violations, calls, succeeded } = account;
    const outcomes = tally(account);
    return { seed, calls, outcomes, succeeded, kinds, faults, replaced, violations, unexplained };
  } finally {
    clearInterval(reports);
    clearInterval(clock);
    await stand.stop();
    process.off("unhandledRejection", blame);
    process.off("uncaughtException", blame);
  }
}

function tally(account: Account): Record<Outcome, number> {
  const sums: Record<Outcome, number> = { committed: 0, failed: 0, unknown: 0 };
  for (const { outcome } of account.transfers.values()) sums[outcome]++;
  return sums;
}

/** Every promise the factory makes, one after the other. */
async function check(stand: SoakStand, account: Account): Promise<void> {
  const { database, own, direct } = stand;
  if (!(await settles(() => works(database)))) violate(account, "the pool does not serve any more");
  if (!(await settles(async () => (await openTransactions(direct)) === 0))) {
    violate(account, "a transaction stayed open on the server");
  }
  if (!(await settles(async () => (await sessionLocks(direct)) === 0))) {
    violate(account, "a session's lock stayed on the server");
  }
  for (const { lent, waiting, max, open } of [database.stats(), own.stats()]) {
    if (lent !== 0 || waiting !== 0) {
      violate(account, `the pool counts ${lent} lent and ${waiting} waiting when all have left`);
    }
    if (open > max) violate(account, `the pool has ${open} connections, of ${max}`);
  }
  const total = await totalOf(direct.db);
  if (total !== TOTAL) violate(account, `the balances sum up to ${total}, not ${TOTAL}`);
  for (const id of await wrongBalances(direct)) {
    violate(account, `account ${id} does not hold what its transfers make of it`);
  }
  const stored = await storedTransfers(direct);
  for (const [id, { outcome, what }] of account.transfers) {
    if (outcome === "committed" && !stored.has(id)) {
      violate(account, `reported committed, and absent: ${what}`);
    }
    if (outcome === "failed" && stored.has(id)) {
      violate(account, `reported failed, and there: ${what}`);
    }
  }
  for (const id of stored) {
    if (!account.transfers.has(id)) violate(account, `transfer ${id} is there, asked by nobody`);
  }
  await checkDeposits(direct, account);
}

async function settles(holds: () => Promise<boolean>): Promise<boolean> {
  for (const end = performance.now() + SETTLE_MS; performance.now() < end; await pause(100)) {
    if (await holds().catch(() => false)) return true;
  }
  return false;
}

async function works(database: Database): Promise<boolean> {
  const calls = Array.from({ length: 30 }, () => executeRawSql(database.db, "select 1 as one"));
  // All of them, or one of a failed round would still hold its connection when they are counted.
  const answers = await Promise.allSettled(calls);
  return answers.every((answer) => answer.status === "fulfilled" && answer.value.length === 1);
}

async function openTransactions(direct: Database): Promise<number> {
  const rows = await executeRawSql(
    direct.db,
    `select 1 from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'
       and (state <> 'idle' or xact_start is not null)`,
  );
  return rows.length;
}

async function sessionLocks(direct: Database): Promise<number> {
  const rows = await executeRawSql(direct.db, "select 1 from pg_locks where locktype = 'advisory'");
  return rows.length;
}
