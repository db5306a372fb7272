// What every side of the wire agrees on: names of headers, and limits that a caller keeps before the server refuses.
// No library is behind it, so that a browser pays nothing for it.

export * from "./headers.contract.ts";

/** Calls in one request. */
export const CALLS_PER_REQUEST_MAX = 20;
/** Characters of an address above which clients send several requests. */
export const CALL_ADDRESS_LENGTH_MAX = 2000;

/** Queries whose input does not fit into an address: clients send them with POST. */
export const LONG_QUERIES: readonly string[] = ["batches.validate", "bulk.preview"];

/** Mutations that take an `idempotencyKey`: sent again with the same one, they do nothing twice. */
export const IDEMPOTENT_CALLS: readonly string[] = [
  "batches.append",
  "batches.create",
  "bulk.start",
  "domains.rescan",
  "features.createEntry",
  "features.createFlag",
  "keys.create",
  "profiles.invite",
  "rbac.createRole",
  "schedules.create",
  "schedules.runNow",
  "suppressions.add",
  "tenants.create",
  "views.create",
  "webhooks.create",
  "webhooks.test",
];

export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 200;
/** Words of one filter: each is a part of the question to the database. */
export const FILTER_WORDS_MAX = 100;
/** What a search over everything tells of each kind. */
export const SEARCH_HITS_MAX = 5;
/** The largest number that a filter by a number takes. */
export const COUNT_MAX = 2_147_483_647;
export const CURSOR_LENGTH_MAX = 500;
/** A longer text is no id of ours, and is refused before anything looks for it. */
export const ID_LENGTH_MAX = 100;
export const ERROR_CODE_LENGTH_MAX = 60;
/** Of a batch's UUID, or of what the first system called it. */
export const BATCH_NAME_LENGTH_MAX = 255;
/** Of what staff note on a lead. */
export const LEAD_LABEL_LENGTH_MAX = 200;
export const LEAD_NOTE_LENGTH_MAX = 5000;
/** Of a key of a program. */
export const KEY_NAME_LENGTH_MAX = 100;
/** So long a rotated key goes on working at most, and unless something else is asked for. */
export const KEY_OVERLAP_HOURS = { max: 168, default: 24 } as const;
/** Of the address that a webhook is sent to. */
export const WEBHOOK_URL_LENGTH_MAX = 2_000;
/** So long the secret before a rotated one signs too at most, and unless something else is asked for. */
export const WEBHOOK_OVERLAP_HOURS = { max: 168, default: 24 } as const;
export const PERSON_NAME_LENGTH_MAX = 200;
export const TENANT_NAME_LENGTH_MAX = 200;
/** So long after it was deleted a tenant can be had back. */
export const TENANT_GRACE_DAYS = 30;
/** Of a statement that platform staff keep. */
export const SQL_NAME_LENGTH_MAX = 80;
/** Of why a difference of schema and database is meant to be. */
export const DRIFT_REASON_LENGTH_MAX = 500;
/** Of a schedule, and of the batches that it makes. */
export const SCHEDULE_NAME_LENGTH_MAX = 200;
/** RFC 1035. */
export const DOMAIN_LENGTH_MAX = 253;
/** Of a batch's label. */
export const LABEL_LENGTH_MAX = 200;
export const MAX_PAGES_MAX = 1000;
export const MAX_CONCURRENT_MAX = 100;
/** Code of a line that names no web site: its job has failed before it could start, and cannot run again. */
export const INVALID_DOMAIN = "invalid_domain";
/** Rows that one call names by their ids. */
export const BULK_IDS_MAX = 1_000;
/** Rows from which on the number that a preview gave has to be said again. */
export const BULK_CONFIRM_ABOVE = 1_000;
