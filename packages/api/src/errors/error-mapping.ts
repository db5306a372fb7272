import { findDatabaseError } from "@scrapersky/db";
import { TRPCError, type TRPC_ERROR_CODE_KEY } from "@trpc/server";
import { ZodError } from "zod";
import { PROBLEMS_MAX } from "../bounded-list.contract.ts";
import { ANSWERS_BY_SQLSTATE, DATABASE_ANSWERS, INTERNAL } from "./database-answers.ts";
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
      message:
        error.cause.issues.length >= PROBLEMS_MAX
          ? `The input is not valid; its first ${PROBLEMS_MAX} problems are these.`
          : "The input is not valid.",
      httpStatus: TO_PROTOCOL.INVALID_INPUT.http,
      details: { fieldErrors: toFieldErrors(error.cause) },
    };
  }
  const database = findDatabaseError(error);
  const answer = database
    ? (ANSWERS_BY_SQLSTATE.get(database.sqlstate ?? "") ?? DATABASE_ANSWERS[database.kind])
    : INTERNAL;
  const httpStatus = answer.code === "INTERNAL" ? 500 : TO_PROTOCOL[answer.code].http;
  return { ...answer, httpStatus };
}

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

/** Of a place and of what is wrong there, so many characters are told: both may quote the input. */
const FIELD_LENGTH_MAX = 200;
const PROBLEM_LENGTH_MAX = 500;

const toFieldErrors = (error: ZodError): Record<string, string> =>
  Object.fromEntries(
    error.issues
      .slice(0, PROBLEMS_MAX)
      .map(({ path, message }) => [
        path.join(".").slice(0, FIELD_LENGTH_MAX),
        message.slice(0, PROBLEM_LENGTH_MAX),
      ]),
  );

function findDomainError(error: unknown): DomainError | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 10; at = at.cause, depth++) {
    if (at instanceof DomainError) return at;
  }
  return undefined;
}
