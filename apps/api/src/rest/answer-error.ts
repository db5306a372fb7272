import type { z } from "@hono/zod-openapi";
import { describeError } from "@scrapersky/api";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { AppEnv } from "../http/app-env.ts";
import { HEADERS } from "@scrapersky/api/contract";
import { retryAfterOf } from "../http/headers.ts";
import { EmptyList } from "./list-field.ts";
import {
  type Complaint,
  describeRefusal,
  emptyListReason,
  type invalidRequest,
  type Reason,
} from "./refusal.ts";
import type { Takes } from "./rest-route.ts";

/** Thrown by a route when the request itself is wrong. */
export class RequestProblem extends Error {
  readonly complaints: Complaint[];

  constructor(complaints: Complaint[]) {
    super("the request is not valid");
    this.complaints = complaints;
  }
}

export const refuse = (
  c: Context<AppEnv>,
  status: ContentfulStatusCode,
  reason: Reason,
): Response => c.json(describeRefusal(status, reason, c.get("requestId")), status);

export const notAuthenticated = (c: Context<AppEnv>, message: string): Response => {
  c.header("WWW-Authenticate", "Bearer");
  return refuse(c, 401, { message });
};

const complain = (c: Context<AppEnv>, detail: Complaint[]): Response =>
  c.json({ detail, error: true } satisfies z.output<typeof invalidRequest>, 422);

/** Answers anything that was thrown while a route that takes these fields answered. */
export function answerError(c: Context<AppEnv>, error: unknown, takes?: Takes): Response {
  if (error instanceof RequestProblem) return complain(c, error.complaints);
  if (error instanceof EmptyList) return refuse(c, 400, emptyListReason(error.message));
  const { code, message, httpStatus, details } = describeError(error);
  const { retryAfterMs, errorCode, fieldErrors } = details;
  if (retryAfterMs !== undefined) c.header(HEADERS.retryAfter, retryAfterOf(retryAfterMs));
  if (code === "INVALID_INPUT") {
    return complain(
      c,
      Object.entries(fieldErrors ?? { "": message }).map(([field, msg]) => ({
        loc: placeOf(field, takes),
        msg,
        type: "value_error",
      })),
    );
  }
  if (code === "UNAUTHORIZED") return notAuthenticated(c, message);
  const told = errorCode ?? (code === "INTERNAL" ? undefined : code);
  return refuse(c, httpStatus as ContentfulStatusCode, {
    message,
    ...(told === undefined ? {} : { code: told }),
  });
}

/** Where the route takes what a rule calls `maxPages` or `idempotencyKey`: rules have a spelling of their own. */
function placeOf(field: string, takes: Takes | undefined): (string | number)[] {
  if (field === "") return ["body"];
  for (const place of ["body", "query", "header"] as const) {
    const name = Object.keys(takes?.[place] ?? {}).find((taken) => bare(taken) === bare(field));
    if (name !== undefined) return [place, name];
  }
  return ["body", field];
}

const bare = (name: string): string => name.replace(/[-_]/g, "").toLowerCase();
