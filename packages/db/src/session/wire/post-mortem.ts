import type { DatabaseHooks, LastBytes } from "../config/hooks.ts";
import {
  classifyServerError,
  connectFailed,
  isServerError,
  refusedBeforehand,
} from "../errors/classify.ts";
import { DatabaseError } from "../errors/database-error.ts";
import { loginRefused } from "./driver.ts";
import type { Tap } from "./socket.ts";
import { outcomeUnknown } from "./statement.ts";

/** What passed over a connection before an answer came that did not fit what was asked. */
export class OutOfStep extends Error {
  readonly lastBytes: LastBytes;

  constructor(lastBytes: LastBytes) {
    super("an answer did not fit what was asked");
    this.lastBytes = lastBytes;
  }
}

/** Why a statement failed or its connection ended: from what the driver threw and what the tap heard. */
export class PostMortem {
  readonly #tap: Tap;
  readonly #hooks: DatabaseHooks;
  #outOfStep: OutOfStep | undefined;

  constructor(tap: Tap, hooks: DatabaseHooks) {
    this.#tap = tap;
    this.#hooks = hooks;
  }

  get isOutOfStep(): boolean {
    return this.#outOfStep !== undefined;
  }

  /** An answer did not fit what was asked: what passed until now is kept, and told to whoever watches. */
  outOfStep(): void {
    if (this.#outOfStep) return;
    this.#outOfStep = new OutOfStep(this.#tap.lastBytes());
    this.#hooks.outOfStep?.({ lastBytes: this.#outOfStep.lastBytes });
  }

  /** The server refused a statement, and the connection goes on. */
  sqlError(error: unknown): DatabaseError | undefined {
    if (!isServerError(error) || !this.#tap.loggedIn) return undefined;
    const isFatal = error.severity === "FATAL" || error.severity === "PANIC";
    return isFatal ? undefined : classifyServerError(error, error);
  }

  /** Why it ended under a statement, or before any. */
  ended(error: unknown, commitsItself: boolean): DatabaseError {
    if (!this.#tap.loggedIn) {
      return isServerError(error) ? loginRefused(error) : connectFailed(error);
    }
    const lost = this.lost(error);
    if (lost.outcomeUnknown || !commitsItself || refusedBeforehand(lost)) return lost;
    return outcomeUnknown(lost);
  }

  /** Why it ended, as far as the server said so. */
  lost(cause: unknown): DatabaseError {
    // What such a connection did with anything that was sent on it cannot be known.
    if (this.#outOfStep) {
      return new DatabaseError(
        "connection_lost",
        "an answer did not fit its statement, so the connection was given up; " +
          "it is not known whether the statement ran",
        { outcomeUnknown: true, cause: this.#outOfStep },
      );
    }
    const fatal = this.#tap.fatal();
    if (fatal) return classifyServerError(fatal, cause);
    return new DatabaseError("connection_lost", "the connection to the database was lost", {
      cause,
    });
  }
}
