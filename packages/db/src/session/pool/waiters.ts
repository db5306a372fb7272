import { AsyncResource } from "node:async_hooks";
import { DatabaseError } from "../errors/database-error.ts";
import type { Slot } from "../wire/slot.ts";
import { abortedBy } from "../wire/statement.ts";

/** What is done with a connection that is lent. */
export type Use<T> = (slot: Slot) => T | PromiseLike<T>;

interface Waiter {
  give(slot: Slot): void;
  refuse(error: DatabaseError): void;
}

/** Callers waiting for a connection, first come, first served; a bounded queue. */
export class Waiters {
  readonly #queue = new Set<Waiter>();
  readonly #max: number;
  readonly #onLeave: () => void;

  /** @param onLeave hears that somebody stopped waiting, with or without a connection */
  constructor(max: number, onLeave: () => void) {
    this.#max = max;
    this.#onLeave = onLeave;
  }

  get size(): number {
    return this.#queue.size;
  }

  /**
   * Waits at the end of the queue.
   * @param use gets the connection in the turn in which it is given, so that it does not stand idle
   * @param room connections about to be opened, whose callers do not count as waiting
   * @param failure why no connection could be made meanwhile, told when the time is over
   */
  join<T>(
    use: Use<T>,
    room: number,
    signal: AbortSignal | undefined,
    timeoutMs: number,
    failure: () => DatabaseError | undefined,
  ): Promise<T> {
    if (this.#queue.size >= this.#max + room) {
      return Promise.reject(
        new DatabaseError("overloaded", `${this.#max} callers wait for a connection already`),
      );
    }
    // A connection is given in a turn of whoever had it; what is done with it belongs to this caller.
    const caller = new AsyncResource("wait for a connection");
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        this.#queue.delete(waiter);
        this.#onLeave();
      };
      const waiter: Waiter = {
        give: (slot) => {
          leave();
          resolve(caller.runInAsyncScope(use, undefined, slot));
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const onAbort = () => waiter.refuse(abortedBy(signal!));
      const timer = setTimeout(
        () => waiter.refuse(failure() ?? tooLate(Math.round(timeoutMs))),
        timeoutMs,
      );
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#queue.add(waiter);
    });
  }

  /** Gives a connection to whoever waits longest. */
  serve(slot: Slot): void {
    const [first] = this.#queue;
    first?.give(slot);
  }

  refuseAll(error: () => DatabaseError): void {
    for (const waiter of this.#queue) waiter.refuse(error());
  }
}

const tooLate = (ms: number) =>
  new DatabaseError("acquire_timeout", `no free connection within ${ms} ms`);
