import { DatabaseError } from "@scrapersky/db";

type Query = (text: string, parameters: readonly unknown[], options?: object) => Promise<unknown>;

/** What statements of transactions are sent by, as every one of ours has it: its type hides it. */
interface Handles {
  query: Query;
}

/** Has statements fail at the server, as one does that meets a fault: its transaction is lost. */
export interface FailingStatements {
  /** Statements that were counted since `arm`, without their values. */
  readonly sent: readonly string[];
  /** Of those that are counted the ones that write: all, those that stood in no transaction, and those behind the one that failed. */
  readonly writes: { all: number; alone: number; behind: number };
  /** Begins to count anew: of statements with this text the `nth` fails, from 1; none does where none is named. */
  arm(failing?: { text: string; nth: number }): void;
  /** Counts the statements of `work`, and no others. */
  counting<T>(work: () => Promise<T>): Promise<T>;
  /** Says of a part of it that it is a transaction. */
  inside<T>(work: () => Promise<T>): Promise<T>;
  /** Leaves out a part of it. */
  apart<T>(work: () => Promise<T>): Promise<T>;
  /** Puts everything back. */
  end(): void;
}

const WRITES = /\b(?:insert\s+into|delete\s+from|merge\s+into|update\s+\S+(?:\s+\w+)?\s+set)\b/i;

/**
 * Counts the statements of transactions, savepoints and sessions of this process, and lets one of them fail.
 * @param tx any of them
 */
export function failStatements(tx: object): FailingStatements {
  const handles = handlesOf(tx);
  const { query } = handles;
  let [isCounting, depth] = [false, 0];
  let failing: { text: string; nth: number } | undefined;
  let sent: string[] = [];
  let writes = { all: 0, alone: 0, behind: 0 };
  handles.query = function (text, parameters, options) {
    if (!isCounting) return query.call(this, text, parameters, options);
    sent.push(text);
    if (failing && failing.nth > 0 && text === failing.text && --failing.nth === 0) {
      // One that stands by itself takes nothing with it, and the transaction around a test is no part of what is tested.
      return depth === 0
        ? Promise.reject(new DatabaseError("other", "division by zero"))
        : query.call(this, "select 1 / 0", [], options);
    }
    if (WRITES.test(text)) {
      writes.all++;
      if (depth === 0) writes.alone++;
      if (failing?.nth === 0) writes.behind++;
    }
    return query.call(this, text, parameters, options);
  };
  const counted =
    (is: boolean) =>
    async <T>(work: () => Promise<T>): Promise<T> => {
      const before = isCounting;
      isCounting = is;
      try {
        return await work();
      } finally {
        isCounting = before;
      }
    };
  return {
    get sent() {
      return sent;
    },
    get writes() {
      return { ...writes };
    },
    arm(next) {
      [sent, failing] = [[], next && { ...next }];
      writes = { all: 0, alone: 0, behind: 0 };
    },
    counting: counted(true),
    apart: counted(false),
    async inside(work) {
      depth++;
      try {
        return await work();
      } finally {
        depth--;
      }
    },
    end() {
      handles.query = query;
    },
  };
}

function handlesOf(tx: object): Handles {
  const key = Object.getOwnPropertySymbols(tx).find((one) => one.description === "statements");
  if (key === undefined) throw new Error("a transaction does not show what it sends by");
  return Object.getPrototypeOf((tx as Record<symbol, object>)[key]) as Handles;
}
