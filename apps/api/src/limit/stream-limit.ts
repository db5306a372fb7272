import { randomUUID } from "node:crypto";
import {
  type Actor,
  DomainError,
  keepStreamPlaces,
  leaveStreamPlace,
  takeStreamPlace,
} from "@scrapersky/api";
import { type Db, findDatabaseError } from "@scrapersky/db";
import type { Logger } from "pino";

/** A third of the time that a place is held without a word. */
const KEEP_MS = 15_000;
/** When somebody who was refused may look again: streams end when somebody leaves a page. */
const COME_BACK_MS = 10_000;

export interface StreamLimit {
  /**
   * Counts a stream until `leave` is called, over all apis of the database.
   * @throws DomainError RATE_LIMITED when as many are open
   */
  enter(actor: Actor): Promise<{ leave(): void }>;
  /** How many are open here. */
  readonly open: number;
  close(): void;
}

/** @param most streams at once of a key or a person; 0: any number */
export function createStreamLimit(db: Db, log: Logger, most: number): StreamLimit {
  /** Of those that are counted everywhere, their places. */
  const places = new Set<string>();
  let open = 0;
  const onFault = (error: unknown): void => {
    log.warn({ part: "limits", fault: findDatabaseError(error)?.kind ?? "other" }, "streams");
  };
  const timer = setInterval(() => {
    if (places.size > 0) void keepStreamPlaces(db, [...places]).catch(onFault);
  }, KEEP_MS).unref();
  const opened = (onLeave: () => void): { leave(): void } => {
    let isOpen = true;
    open++;
    return {
      leave() {
        if (!isOpen) return;
        isOpen = false;
        open--;
        onLeave();
      },
    };
  };
  return {
    get open() {
      return open;
    },
    async enter({ apiKeyId, id }) {
      if (most === 0) return opened(() => {});
      const holder = apiKeyId === null ? `person:${id}` : `key:${apiKeyId}`;
      const stream = randomUUID();
      if (!(await takeStreamPlace(db, { holder, stream, most }))) {
        throw new DomainError("RATE_LIMITED", tooManyStreams(most), {
          errorCode: "TOO_MANY_STREAMS",
          retryAfterMs: COME_BACK_MS,
        });
      }
      places.add(stream);
      return opened(() => {
        places.delete(stream);
        void leaveStreamPlace(db, stream).catch(onFault);
      });
    },
    close: () => clearInterval(timer),
  };
}

const tooManyStreams = (most: number): string =>
  `${most} streams of live updates are open already, and no more may be at once; close one, then open this.`;
