import {
  type Database,
  type DatabaseError,
  type DatabaseErrorKind,
  findDatabaseError,
} from "../../src/index.ts";
import { driverErrorOf } from "../../src/session/errors/database-error.ts";
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
  /** Whether a call that outlasts its deadlines breaks a promise: not where others use the machine. */
  isTimed: boolean;
  transfers: Map<number, Told>;
  /** Rows written together under one id, and how many they are. */
  deposits: Map<number, Told & { size: number }>;
  calls: number;
  /** How many calls of each sort did what they were asked. */
  succeeded: Map<string, number>;
  kinds: Map<DatabaseErrorKind | "on purpose", number>;
  /** Sentences about what must never happen. */
  violations: string[];
}

/** One caller among many, with dice of its own. */
export interface Caller {
  database: Database;
  random: Random;
  account: Account;
  nextId: () => number;
  /** Longest rest between two calls. */
  restMs: number;
}

/** A cancelled statement gets this long to answer before its connection is destroyed. */
const CANCEL_GRACE_MS = 500;
/** What a busy machine may add to a call of any length. */
const SLACK_MS = 4_000;
const VIOLATIONS_MAX = 50;

/** Thrown by callers that change their mind: what they began must leave nothing. */
export class OnPurpose extends Error {}

export const newAccount = (isTimed: boolean): Account => ({
  isTimed,
  transfers: new Map(),
  deposits: new Map(),
  calls: 0,
  succeeded: new Map(),
  kinds: new Map(),
  violations: [],
});

export function violate(account: Account, sentence: string): void {
  if (account.violations.length < VIOLATIONS_MAX) account.violations.push(sentence);
}

/** Longest a call of so many statements may take: each waits, runs, and is cancelled at worst. */
const limitMs = (statements: number): number =>
  ACQUIRE_MS + statements * (STATEMENT_MS + CANCEL_GRACE_MS) + SLACK_MS;

/** Runs one call of a sort, notes what its caller was told and whether it kept to its time. */
export async function call(
  account: Account,
  sort: string,
  id: number,
  statements: number,
  work: () => Promise<unknown>,
): Promise<Told> {
  account.calls++;
  const what = `${sort} ${id}`;
  const startedAt = performance.now();
  const limit = limitMs(statements);
  const isLate = (words: string) => {
    if (account.isTimed) violate(account, `${what} ${words} ${limit} ms`);
  };
  const overdue = setTimeout(() => isLate("still runs after"), limit);
  try {
    await work();
    account.succeeded.set(sort, (account.succeeded.get(sort) ?? 0) + 1);
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
    if (tookMs > limit) isLate(`took ${Math.round(tookMs)} of`);
  }
}

/** What the caller was told and what the driver had said, for whoever hunts a violation. */
const describe = (what: string, failure: DatabaseError): string =>
  `${what}: ${failure.kind}, ${failure.message}, because of ${String(driverErrorOf(failure) ?? failure.cause)}`;

function count(account: Account, kind: DatabaseErrorKind | "on purpose"): void {
  account.kinds.set(kind, (account.kinds.get(kind) ?? 0) + 1);
}
