import type { DatabaseErrorKind } from "@scrapersky/db";
import type { DomainCode, DomainErrorDetails } from "./domain-error.ts";

/** What a caller may know of a fault of the database. */
export interface DatabaseAnswer {
  code: DomainCode | "INTERNAL";
  /** What happened and what to do, for people. */
  message: string;
  details: DomainErrorDetails;
}

/** Ours to mend: the cause is in the log, and the caller gets the id of the request to ask with. */
export const INTERNAL: DatabaseAnswer = {
  code: "INTERNAL",
  message: "Internal server error",
  details: {},
};

const RETRY_AFTER_MS = 5_000;

const unavailable = (
  message: string,
  errorCode: string,
  retryAfterMs = RETRY_AFTER_MS,
): DatabaseAnswer => ({ code: "UNAVAILABLE", message, details: { errorCode, retryAfterMs } });

const AWAY = unavailable(
  "The database cannot be reached right now; try again in a few seconds.",
  "DATABASE_UNAVAILABLE",
);
/** Seen while a database is moved too, and then it passes. */
const REFUSED = unavailable(
  "The database cannot be reached right now, because it does not take this server's settings; " +
    "if that lasts for minutes, tell whoever runs the server.",
  "DATABASE_UNAVAILABLE",
);
const BUSY = unavailable(
  "The database has more to do than it can take right now; try again in a few seconds.",
  "DATABASE_BUSY",
);

/** What is answered to each kind of fault, unless its SQLSTATE says more. */
export const DATABASE_ANSWERS: Readonly<Record<DatabaseErrorKind, DatabaseAnswer>> = {
  connect_failed: AWAY,
  connection_lost: AWAY,
  unavailable: AWAY,
  closed: AWAY,
  authentication: REFUSED,
  configuration: REFUSED,
  acquire_timeout: BUSY,
  overloaded: BUSY,
  resources: unavailable(
    "The database has reached one of its limits; try again in a few seconds, " +
      "and if that lasts for minutes, tell whoever runs the server.",
    "DATABASE_FULL",
  ),
  statement_timeout: unavailable(
    "The database took too long over this, and it was stopped; try again in a few seconds, " +
      "and if it happens again, ask for less at once.",
    "DATABASE_TIMEOUT",
  ),
  aborted: unavailable(
    "This was stopped before it was done; try again in a few seconds.",
    "DATABASE_STOPPED",
  ),
  // No time to come back after: what does so by itself might do the work twice.
  outcome_unknown: {
    code: "UNAVAILABLE",
    message:
      "The database went away while it saved this, and may have saved it or not; " +
      "look whether it is there before you try again.",
    details: { errorCode: "OUTCOME_UNKNOWN" },
  },
  read_only: unavailable(
    "The database takes no changes right now; reading works, so try this again in a few minutes.",
    "DATABASE_READ_ONLY",
    60_000,
  ),
  serialization: {
    code: "CONFLICT",
    message: "Another change got in the way; try again.",
    details: { errorCode: "SERIALIZATION", retryAfterMs: 100 },
  },
  constraint: INTERNAL,
  rolled_back: INTERNAL,
  syntax: INTERNAL,
  permission: INTERNAL,
  misuse: INTERNAL,
  unsupported: INTERNAL,
  other: INTERNAL,
};

const invalidInput = (message: string): DatabaseAnswer => ({
  code: "INVALID_INPUT",
  message,
  details: {},
});
const TEXT_NOT_STORABLE = invalidInput(
  "A text of the input holds characters that cannot be stored.",
);
const VALUE_NOT_READABLE = invalidInput(
  "A value of the input is not a time, number or id as it should be.",
);
const OUTRUN: DatabaseAnswer = {
  code: "CONFLICT",
  message:
    "Somebody else has just stored the same, or removed what it belongs to; " +
    "load it anew, and then try again.",
  details: { errorCode: "CONSTRAINT" },
};

/** SQLSTATEs that say more than their kind: whose mistake it is. */
export const ANSWERS_BY_SQLSTATE: ReadonlyMap<string, DatabaseAnswer> = new Map([
  // A NUL, plain or escaped in JSON.
  ["22021", TEXT_NOT_STORABLE],
  ["22P05", TEXT_NOT_STORABLE],
  ["22003", VALUE_NOT_READABLE],
  ["22007", VALUE_NOT_READABLE],
  ["22008", VALUE_NOT_READABLE],
  // A zone further from UTC than any is.
  ["22009", VALUE_NOT_READABLE],
  ["22P02", VALUE_NOT_READABLE],
  // Rules look before they write, so only who wrote at the same time gets here.
  ["23503", OUTRUN],
  ["23505", OUTRUN],
  ["23P01", OUTRUN],
]);
