// What every side of the wire agrees on: names of headers, and limits that a caller keeps before the server refuses.
// Imports nothing, so that a browser pays nothing for it.

/** Names of our own headers. */
export const HEADERS = {
  /** Slug or id of the tenant a call speaks in. */
  tenant: "x-tenant",
  /** The same, as the first system called it. */
  tenantId: "x-tenant-id",
  /** Taken from a caller that sends a fitting one, and answered always. */
  requestId: "x-request-id",
  /** Where the next page of a REST list begins; absent on the last one. */
  nextCursor: "x-next-cursor",
  idempotencyKey: "idempotency-key",
  /** Between our own servers: the address of the caller. */
  clientAddress: "x-scrapersky-client-address",
} as const;

/** Calls in one request. */
export const CALLS_PER_REQUEST_MAX = 20;
/** Characters of an address above which clients send several requests. */
export const CALL_ADDRESS_LENGTH_MAX = 2000;
export const BODY_BYTES_MAX = 5 * 1024 * 1024;

export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 200;
export const CURSOR_LENGTH_MAX = 500;
/** Of a UUID and of what may be asked for in its place. */
export const ID_LENGTH_MAX = 100;
export const ERROR_CODE_LENGTH_MAX = 60;
/** Of a batch's UUID, or of what the first system called it. */
export const BATCH_NAME_LENGTH_MAX = 255;
/** RFC 1035. */
export const DOMAIN_LENGTH_MAX = 253;
export const IDEMPOTENCY_KEY_LENGTH_MAX = 255;
