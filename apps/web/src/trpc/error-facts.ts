/** What a page says about a failed call. */
export interface ErrorFacts {
  kind:
    | "forbidden"
    | "missing"
    | "signed-out"
    | "input"
    | "too-large"
    | "offline"
    | "silent"
    | "unavailable"
    | "unknown";
  /** What happened and what to do, for people. */
  message: string;
  requestId: string | null;
  retryable: boolean;
}

interface ErrorData {
  errorCode?: string;
  httpStatus?: number;
  requestId?: string | null;
}

const dataOf = (error: unknown): ErrorData => {
  const data = typeof error === "object" && error !== null && "data" in error ? error.data : null;
  return typeof data === "object" && data !== null ? data : {};
};

/** Whether an answer was given up, however deep that is said. */
const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === "TimeoutError" || isTimeout(error.cause));

/** What the api says for programs, such as INVALID_CURSOR. */
export const errorCodeOf = (error: unknown): string | undefined => dataOf(error).errorCode;

const KINDS: Record<number, ErrorFacts["kind"]> = {
  400: "input",
  401: "signed-out",
  403: "forbidden",
  404: "missing",
  409: "input",
  413: "too-large",
  422: "input",
  503: "unavailable",
};

/** Reads a tRPC error, or the failure to reach the api at all, into words. */
export const errorFacts = (error: unknown): ErrorFacts => {
  const { httpStatus, requestId = null } = dataOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (httpStatus === undefined && isTimeout(error)) {
    return {
      kind: "silent",
      message:
        "It took longer than anybody waits, so this was given up. What you see is kept; try again in a moment.",
      requestId,
      // Another try would take as long.
      retryable: false,
    };
  }
  if (httpStatus === undefined) {
    return {
      kind: "offline",
      message: "The server did not answer. What you see is kept; try again in a moment.",
      requestId,
      retryable: true,
    };
  }
  const kind = KINDS[httpStatus] ?? (httpStatus === 429 ? "unavailable" : "unknown");
  return {
    kind,
    message:
      kind === "too-large"
        ? "This is more than the server takes at once. Nothing was changed, and what you typed is kept: send it in parts."
        : message,
    requestId: requestId ?? null,
    retryable: kind === "unavailable" || kind === "unknown",
  };
};
