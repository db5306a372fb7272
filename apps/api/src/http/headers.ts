/** Headers that are read or written in several places, or promised to callers: each name stands here only. */
export const HEADERS = {
  requestId: "X-Request-Id",
  retryAfter: "Retry-After",
  /** Slug or id of the tenant a caller speaks in. */
  tenant: "X-Tenant",
  /** The same under the name the first system gave it. */
  tenantId: "X-Tenant-Id",
  idempotencyKey: "Idempotency-Key",
  idempotentReplayed: "Idempotent-Replayed",
  nextCursor: "X-Next-Cursor",
} as const;

/** Milliseconds as `Retry-After` says them: whole seconds, never too few. */
export const retryAfterOf = (ms: number): string => String(Math.ceil(ms / 1000));
