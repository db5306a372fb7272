import { checkedTimeout, TIME_MAX_MS } from "../config/time-limit.ts";
import { DatabaseError, OutcomeUnknownError } from "../errors/database-error.ts";
import type { Slot } from "../wire/slot.ts";
import { abortedBy, type StatementOptions } from "../wire/statement.ts";
import { Handle } from "./handle.ts";

export interface TransactionOptions {
  /** Default: the server's, READ COMMITTED. */
  isolation?: "read committed" | "repeatable read" | "serializable";
  readOnly?: boolean;
  /** With `serializable` and `readOnly`: waits for a snapshot that can never fail to serialize. */
  deferrable?: boolean;
  /** Server-side limit of each statement in it, milliseconds. */
  statementTimeoutMs?: number;
  /** Stops the running statement and rolls back; a COMMIT that was sent is waited for. */
  signal?: AbortSignal;
  /**
   * Runs the whole work again after a serialization failure or a deadlock: `true` for 3 tries, or
   * how many. The work must not do anything outside the database that may not happen twice.
   */
  retry?: boolean | number;
  /** For traces and metrics. */
  name?: string;
}

/** The server's own limit of a statement comes first; ours follows when it does not answer. */
const SERVER_FIRST_MS = 1_000;

/** What makes the scope; it travels with the first statement. */
export function beginStatements(options: TransactionOptions): string[] {
  const modes = [
    options.isolation && `isolation level ${options.isolation}`,
    options.readOnly && "read only",
    options.deferrable && "deferrable",
  ].filter(Boolean);
  const begin = ["begin", ...modes].join(" ");
  const statementTimeoutMs = checkedTimeout(options.statementTimeoutMs, "statementTimeoutMs");
  if (statementTimeoutMs === undefined) return [begin];
  return [begin, `set local statement_timeout = ${Math.max(1, Math.floor(statementTimeoutMs))}`];
}

/** How a transaction ended that did not fail. */
export interface Ended<T> {
  result: T;
  outcome: "committed" | "empty";
}

/**
 * Runs `work` inside BEGIN … COMMIT on a lent slot. BEGIN goes out with the first statement, under
 * one Sync; a transaction that sends no statement costs nothing.
 *
 * Rolls back and rethrows when `work` throws, when it leaves a statement unawaited (`misuse`), or
 * when the server answered COMMIT with ROLLBACK (`rolled_back`). A COMMIT whose answer is lost is
 * an `OutcomeUnknownError`.
 */
export async function runTransaction<T>(
  slot: Slot,
  work: (handle: Handle) => Promise<T>,
  options: TransactionOptions,
  defaults: StatementOptions,
): Promise<Ended<T>> {
  const handle = new Handle(slot, {
    what: "transaction",
    before: beginStatements(options),
    defaults: {
      ...defaults,
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.statementTimeoutMs === undefined
        ? {}
        : { timeoutMs: Math.min(options.statementTimeoutMs + SERVER_FIRST_MS, TIME_MAX_MS) }),
    },
  });
  let result: T;
  try {
    result = await work(handle);
    await handle.finish();
    if (options.signal?.aborted) throw abortedBy(options.signal);
  } catch (error) {
    await handle.end();
    if (handle.began && !slot.dead) {
      await slot.run("rollback", [], { ...defaults, name: "rollback" }).catch(() => slot.destroy());
    }
    throw error;
  }
  if (!handle.began) return { result, outcome: "empty" };
  await commit(slot, defaults);
  return { result, outcome: "committed" };
}

async function commit(slot: Slot, defaults: StatementOptions): Promise<void> {
  if (slot.dead) throw slot.lost(undefined);
  let command: string;
  try {
    ({ command } = await slot.run("commit", [], { timeoutMs: defaults.timeoutMs, name: "commit" }));
  } catch (error) {
    const refused = error instanceof DatabaseError && error.kind !== "connection_lost";
    if (refused && !slot.dead) throw error;
    slot.destroy();
    throw new OutcomeUnknownError(error);
  }
  if (command === "ROLLBACK") throw undone();
  if (command === "COMMIT") return;
  slot.destroy();
  throw new OutcomeUnknownError(undefined);
}

const undone = () =>
  new DatabaseError(
    "rolled_back",
    "an earlier statement had failed, so the server rolled back at COMMIT",
  );
