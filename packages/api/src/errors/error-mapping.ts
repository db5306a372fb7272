import { findDatabaseError } from "@scrapersky/db";
import { TRPCError, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { ZodError } from "zod";
import { DomainError, type DomainCode, type DomainErrorDetails } from "./domain-error.ts";

/** The one place where a rule's refusal becomes a tRPC code and an HTTP status. */
const TO_PROTOCOL = {
  NOT_FOUND: { trpc: "NOT_FOUND", http: 404 },
  CONFLICT: { trpc: "CONFLICT", http: 409 },
  INVALID_STATE: { trpc: "CONFLICT", http: 409 },
  INVALID_INPUT: { trpc: "BAD_REQUEST", http: 422 },
  UNAUTHORIZED: { trpc: "UNAUTHORIZED", http: 401 },
  FORBIDDEN: { trpc: "FORBIDDEN", http: 403 },
  RATE_LIMITED: { trpc: "TOO_MANY_REQUESTS", http: 429 },
  UNAVAILABLE: { trpc: "SERVICE_UNAVAILABLE", http: 503 },
} as const satisfies Record<DomainCode, { trpc: TRPC_ERROR_CODE_KEY; http: number }>;

const DATABASE_AWAY = new Set([
  "connect_failed",
  "connection_lost",
  "acquire_timeout",
  "overloaded",
  "statement_timeout",
  "read_only",
  "authentication",
  "configuration",
  "unavailable",
  "resources",
  "closed",
]);
const RETRY_AFTER_MS = 5000;
/** SQLSTATEs of a text that holds a NUL, plain or escaped in JSON. */
const TEXT_NOT_STORABLE = new Set(["22021", "22P05"]);
/** SQLSTATEs of a text that is no time, number or id, or none that can be stored. */
const VALUE_NOT_READABLE = new Set(["22003", "22007", "22008", "22P02"]);

/** What a caller may know of an error. */
export interface SafeError {
  code: DomainCode | "INTERNAL";
  message: string;
  httpStatus: number;
  details: DomainErrorDetails;
}

/** Turns anything thrown into what may be answered. Unknown errors keep their text to themselves. */
export function describeError(error: unknown): SafeError {
  const domain = findDomainError(error);
  if (domain) {
    return {
      code: domain.code,
      message: domain.message,
      httpStatus: TO_PROTOCOL[domain.code].http,
      details: domain.details,
    };
  }
  if (error instanceof TRPCError && error.cause instanceof ZodError) {
    return {
      code: "INVALID_INPUT",
      message: "The input is not valid.",
      httpStatus: TO_PROTOCOL.INVALID_INPUT.http,
      details: { fieldErrors: toFieldErrors(error.cause) },
    };
  }
  const database = findDatabaseError(error);
  if (database && DATABASE_AWAY.has(database.kind)) {
    return {
      code: "UNAVAILABLE",
      message: "The database cannot be reached right now; try again in a few seconds.",
      httpStatus: TO_PROTOCOL.UNAVAILABLE.http,
      details: { errorCode: "DATABASE_UNAVAILABLE", retryAfterMs: RETRY_AFTER_MS },
    };
  }
  if (TEXT_NOT_STORABLE.has(database?.sqlstate ?? "")) {
    return invalidInput("A text of the input holds characters that cannot be stored.");
  }
  if (VALUE_NOT_READABLE.has(database?.sqlstate ?? "")) {
    return invalidInput("A value of the input is not a time, number or id as it should be.");
  }
  if (database?.kind === "serialization") {
    return {
      code: "CONFLICT",
      message: "Another change got in the way; try again.",
      httpStatus: TO_PROTOCOL.CONFLICT.http,
      details: { errorCode: "SERIALIZATION", retryAfterMs: 100 },
    };
  }
  return { code: "INTERNAL", message: "Internal server error", httpStatus: 500, details: {} };
}

const invalidInput = (message: string): SafeError => ({
  code: "INVALID_INPUT",
  message,
  httpStatus: TO_PROTOCOL.INVALID_INPUT.http,
  details: {},
});

/** The tRPC error for anything a procedure threw; what tRPC itself refused passes unchanged. */
export function toTrpcError(error: unknown): TRPCError {
  const safe = describeError(error);
  if (error instanceof TRPCError && (safe.code === "INTERNAL" || safe.code === "INVALID_INPUT")) {
    if (error.code !== "INTERNAL_SERVER_ERROR") return error;
  }
  const code = safe.code === "INTERNAL" ? "INTERNAL_SERVER_ERROR" : TO_PROTOCOL[safe.code].trpc;
  const cause = error instanceof TRPCError ? (error.cause ?? error) : error;
  return new TRPCError({ code, message: safe.message, cause });
}

const toFieldErrors = (error: ZodError): Record<string, string> =>
  Object.fromEntries(error.issues.map((issue) => [issue.path.join("."), issue.message]));

function findDomainError(error: unknown): DomainError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++) {
    if (at instanceof DomainError) return at;
  }
  return undefined;
}
