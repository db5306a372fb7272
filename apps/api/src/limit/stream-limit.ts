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
  close(): void;
}

/** @param most streams at once of a key or a person; 0: any number */
export function createStreamLimit(db: Db, log: Logger, most: number): StreamLimit {
  const open = new Set<string>();
  const onFault = (error: unknown): void => {
    log.warn({ part: "limits", fault: findDatabaseError(error)?.kind ?? "other" }, "streams");
  };
  const timer = setInterval(() => {
    if (open.size > 0) void keepStreamPlaces(db, [...open]).catch(onFault);
  }, KEEP_MS).unref();
  return {
    async enter({ apiKeyId, id }) {
      if (most === 0) return { leave: () => {} };
      const holder = apiKeyId === null ? `person:${id}` : `key:${apiKeyId}`;
      const stream = randomUUID();
      if (!(await takeStreamPlace(db, { holder, stream, most }))) {
        throw new DomainError("RATE_LIMITED", tooManyStreams(most), {
          errorCode: "TOO_MANY_STREAMS",
          retryAfterMs: COME_BACK_MS,
        });
      }
      open.add(stream);
      return {
        leave() {
          if (open.delete(stream)) void leaveStreamPlace(db, stream).catch(onFault);
        },
      };
    },
    close: () => clearInterval(timer),
  };
}

const tooManyStreams = (most: number): string =>
  `${most} streams of live updates are open already, and no more may be at once; close one, then open this.`;
