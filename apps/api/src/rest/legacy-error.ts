import { describeError } from "@scrapersky/api";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "../http/app-env.ts";

/** One complaint about a request, in the form the first system's clients parse. */
export interface Complaint {
  loc: (string | number)[];
  msg: string;
  type: string;
}

/** Thrown by a route when the request itself is wrong. */
export class RequestProblem extends Error {
  readonly complaints: Complaint[];

  constructor(complaints: Complaint[]) {
    super("the request is not valid");
    this.complaints = complaints;
  }
}

interface Extra {
  message?: unknown;
  detail?: unknown;
  code?: string;
}

/** `{error, message, status_code}` as the first system answered, with what was added since. */
export function legacyError(
  c: Context<AppEnv>,
  status: ContentfulStatusCode,
  extra: Extra,
): Response {
  return c.json(
    {
      error: true,
      message: extra.message,
      status_code: status,
      detail: extra.detail ?? extra.message,
      ...(extra.code === undefined ? {} : { code: extra.code }),
      request_id: c.get("requestId"),
    },
    status,
  );
}

export const notAuthenticated = (c: Context<AppEnv>, message: string): Response => {
  c.header("WWW-Authenticate", "Bearer");
  return legacyError(c, 401, { message });
};

export const complain = (c: Context<AppEnv>, complaints: readonly Complaint[]): Response =>
  c.json({ detail: complaints, error: true }, 422);

/** Field names of the procedures, as REST v3 spells and places them. */
const PLACES: Record<string, (string | number)[]> = {
  domains: ["body", "domains"],
  maxPages: ["body", "max_pages"],
  maxConcurrent: ["body", "max_concurrent"],
  limit: ["query", "limit"],
  offset: ["query", "offset"],
  cursor: ["query", "cursor"],
  status: ["query", "status"],
  jobType: ["query", "job_type"],
  batchId: ["query", "batch_id"],
  idempotencyKey: ["header", "Idempotency-Key"],
};

/** Answers anything a procedure or a route threw. */
export function answerError(c: Context<AppEnv>, error: unknown): Response {
  if (error instanceof RequestProblem) return complain(c, error.complaints);
  const safe = describeError(error);
  const { retryAfterMs, errorCode, fieldErrors } = safe.details;
  if (retryAfterMs !== undefined) c.header("Retry-After", String(Math.ceil(retryAfterMs / 1000)));
  if (safe.code === "INVALID_INPUT") {
    return complain(
      c,
      Object.entries(fieldErrors ?? { "": safe.message }).map(([field, msg]) => ({
        loc: PLACES[field] ?? (field === "" ? ["body"] : ["body", field]),
        msg,
        type: "value_error",
      })),
    );
  }
  if (safe.code === "UNAUTHORIZED") return notAuthenticated(c, safe.message);
  const code = errorCode ?? (safe.code === "INTERNAL" ? undefined : safe.code);
  return legacyError(c, safe.httpStatus as ContentfulStatusCode, {
    message: safe.message,
    ...(code === undefined ? {} : { code }),
  });
}
