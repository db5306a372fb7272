// What every side of the wire agrees on: names of headers, and limits that a caller keeps before the server refuses.
// Imports nothing, so that a browser pays nothing for it.

/** Headers that are read or written in several places, or promised to callers. */
export const HEADERS = {
  /** Taken from a caller that sends a fitting one, and answered always. */
  requestId: "X-Request-Id",
  retryAfter: "Retry-After",
  /** Slug or id of the tenant a caller speaks in. */
  tenant: "X-Tenant",
  /** The same under the name the first system gave it. */
  tenantId: "X-Tenant-Id",
  idempotencyKey: "Idempotency-Key",
  idempotentReplayed: "Idempotent-Replayed",
  /** Where the next page of a REST list begins; absent on the last one. */
  nextCursor: "X-Next-Cursor",
  /** Between our own servers: the address of the caller. */
  clientAddress: "X-ScraperSky-Client-Address",
} as const;

/** Calls in one request. */
export const CALLS_PER_REQUEST_MAX = 20;
/** Characters of an address above which clients send several requests. */
export const CALL_ADDRESS_LENGTH_MAX = 2000;

export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 200;
export const CURSOR_LENGTH_MAX = 500;
/** A longer text is no id of ours, and is refused before anything looks for it. */
export const ID_LENGTH_MAX = 100;
export const ERROR_CODE_LENGTH_MAX = 60;
/** Of a batch's UUID, or of what the first system called it. */
export const BATCH_NAME_LENGTH_MAX = 255;
/** RFC 1035. */
export const DOMAIN_LENGTH_MAX = 253;
