/** Milliseconds as `Retry-After` says them: whole seconds, never too few. */
export const retryAfterOf = (ms: number): string => String(Math.ceil(ms / 1000));
