/** What a rule can refuse with. Closed: a new code needs its line in the tRPC and HTTP mapping. */
export type DomainCode =
  | "NOT_FOUND"
  | "CONFLICT"
  | "INVALID_STATE"
  | "INVALID_INPUT"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "RATE_LIMITED"
  | "UNAVAILABLE";

export interface DomainErrorDetails {
  /** Stable word for programs, finer than the code, such as `IDEMPOTENCY_MISMATCH`. */
  errorCode?: string;
  /** Field path to sentence. */
  fieldErrors?: Record<string, string>;
  retryAfterMs?: number;
}

/** The one error services throw. Its message may be shown to the caller. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: DomainCode;
  readonly details: DomainErrorDetails;

  constructor(
    code: DomainCode,
    message: string,
    details: DomainErrorDetails = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

/** A foreign id and an unknown one get this same answer. */
export const notFound = (what: string): DomainError =>
  new DomainError("NOT_FOUND", `${what} not found`);
