/** Headers that are read or written in several places, or promised to callers. */
export const HEADERS = {
  /** Taken from a caller that sends a fitting one, and answered always. */
  requestId: "X-Request-Id",
  retryAfter: "Retry-After",
  /** Which limits hold for the caller, and what is left of them. */
  rateLimitPolicy: "RateLimit-Policy",
  rateLimit: "RateLimit",
  /** Slug or id of the tenant a caller speaks in. */
  tenant: "X-Tenant",
  /** The same under the name the first system gave it. */
  tenantId: "X-Tenant-Id",
  idempotencyKey: "Idempotency-Key",
  idempotentReplayed: "Idempotent-Replayed",
  /** Where the next page of a REST list begins; absent on the last one. */
  nextCursor: "X-Next-Cursor",
  /** Names an export, so that a later one can tell what is new since. */
  exportId: "X-Export-Id",
  /** Between our own servers: the address of the caller. */
  clientAddress: "X-ScraperSky-Client-Address",
  /** From our web server: the call is for a page that it draws. */
  drawsPage: "X-ScraperSky-Draws-Page",
  /** Inside the web server: the `X-Forwarded-For` that it was sent, in whose place Next writes the address of the connection. */
  forwardedFor: "X-ScraperSky-Forwarded-For",
} as const;
