// The states of a message that our own statements name; every other move is pg-boss's, and so are the words.
import { states } from "pg-boss";
import { SCRAPE } from "./scrape-message.ts";

/** The condition that some worker has claimed the message. */
export const isClaimed = (column: string): string => `${column} = '${states.active}'`;

/** The condition that nobody has: it waits for a claim, for the first or a later time. */
export const isOffered = (column: string): string => `${column} < '${states.active}'`;

/** Messages by tenant and batch, in their order: what a claim goes through, and what a batch has waiting. */
export const OFFERED = `j.name = '${SCRAPE}' and ${isOffered("j.state")} and not j.blocked`;

/** What a message becomes that a worker claims. */
export const claimed = `'${states.active}'::pgboss.job_state`;

/** What a message becomes that is given back: waiting as before its claim. A first try was never counted. */
export const waitingAgain = (retryCount: string): string =>
  `(case when ${retryCount} = 0 then '${states.created}' else '${states.retry}' end)::pgboss.job_state`;
