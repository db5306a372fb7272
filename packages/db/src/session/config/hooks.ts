import type { DatabaseErrorKind } from "../errors/database-error.ts";
import type { StatementTags } from "../sql/tags.ts";

/** One statement that was answered, or that failed. */
export interface QueryEvent {
  /** The name its caller gave it; `begin`, `commit`, `rollback`, `open` and `alive` are the factory's own. */
  name: string | undefined;
  /** Text with placeholders, never a value. For development: it belongs in no log of a service. */
  text: string;
  /** First word of the command tag, such as `SELECT`. */
  command: string | undefined;
  rows: number;
  durationMs: number;
  failure: DatabaseErrorKind | undefined;
  /** What the server said against the SQL, in development only: see `describeServerWords`. */
  words: string | undefined;
  tags: StatementTags | undefined;
}

export interface AcquireEvent {
  waitedMs: number;
  failure: DatabaseErrorKind | undefined;
}

export interface TransactionEvent {
  durationMs: number;
  /** `empty`: no statement was sent, so nothing was begun. */
  outcome: "committed" | "rolled_back" | "unknown" | "empty";
  /** 1 for the first try. */
  attempt: number;
}

export interface RetryEvent {
  what: "connect" | "statement" | "transaction";
  /** Tries that have failed so far. */
  attempt: number;
  failure: DatabaseErrorKind;
  pauseMs: number;
}

export interface ReplacedEvent {
  reason: "died" | "left in a transaction" | "out of step" | "lifetime" | "idle" | "session";
}

/** What passed over a connection last, both ways. Holds texts and values: never for a log or an answer. */
export interface LastBytes {
  sent: Buffer;
  received: Buffer;
}

/** An answer came that did not fit what was asked; its connection is given up. */
export interface OutOfStepEvent {
  /** Texts and values: for whoever looks for the reason, never for a log. */
  lastBytes: LastBytes;
}

export interface LeakEvent {
  what: "transaction" | "session" | "stream";
  heldMs: number;
  /** Stack of the call that took the connection, without the factory's own frames. */
  where: string;
}

/** What a program may watch. A hook that throws is ignored: watching must not break what is watched. */
export interface DatabaseHooks {
  acquire?: ((event: AcquireEvent) => void) | undefined;
  query?: ((event: QueryEvent) => void) | undefined;
  transaction?: ((event: TransactionEvent) => void) | undefined;
  retry?: ((event: RetryEvent) => void) | undefined;
  replaced?: ((event: ReplacedEvent) => void) | undefined;
  leak?: ((event: LeakEvent) => void) | undefined;
  outOfStep?: ((event: OutOfStepEvent) => void) | undefined;
}

const NAMES = [
  "acquire",
  "query",
  "transaction",
  "retry",
  "replaced",
  "leak",
  "outOfStep",
] as const;

/** One set of hooks that calls all of them; a name nobody watches stays undefined and costs nothing. */
export function joinHooks(all: readonly DatabaseHooks[]): DatabaseHooks {
  const joined: Record<string, (event: never) => void> = {};
  for (const name of NAMES) {
    const watchers = all.flatMap((hooks) => hooks[name] ?? []) as ((event: never) => void)[];
    if (watchers.length === 0) continue;
    joined[name] = (event) => {
      for (const watch of watchers) {
        try {
          watch(event);
        } catch {
          // Said above: watching must not break what is watched.
        }
      }
    };
  }
  return joined as DatabaseHooks;
}
