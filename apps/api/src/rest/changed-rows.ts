import type { z } from "@hono/zod-openapi";
import { HEADERS } from "@scrapersky/api/contract";
import type { AppEnv } from "../http/app-env.ts";
import { RequestProblem } from "./answer-error.ts";
import { moment } from "./field.ts";

/** From where on a program that keeps a copy of a list is told what was written and deleted. */
export interface ChangesAsk {
  updatedSince: string;
  cursor: string | undefined;
  limit: number;
}

/** What of a list a program keeps a copy by. */
export interface Changes {
  /** A row that is gone, beside those that the list has. */
  gone: z.ZodType<object>;
  read: (
    caller: AppEnv["Variables"]["rest"],
    ask: ChangesAsk,
  ) => Promise<{ data: object[]; cursor: string }>;
}

export const UPDATED_SINCE = moment({
  description:
    "For programs that keep a copy: all rows that were written since, in the order of their changes, and those that were deleted, as deleted. " +
    `Goes with limit and cursor only. ${HEADERS.nextCursor} is always told: ask again with it and the same updated_since, at once after as many rows as limit, else later. ` +
    "A row that changes again is told again; none is missed. A time that is too far back for what is kept of deletions (30 days for jobs and batches) tells all rows",
});

export const BEGIN_AGAIN = {
  description: "The cursor is too old, or the database was restored since it was given",
  reason: {
    message:
      "This cursor is too old, or the database was restored from a copy since it was given. Begin again without it, and drop what is not told then.",
    code: "BEGIN_AGAIN",
  },
};

/** @throws RequestProblem for anything that would leave rows out, so that a copy would never lose them */
export function refuseBeside(asked: Record<string, unknown>): void {
  const beside = Object.keys(asked).filter((name) => asked[name] !== undefined);
  if (beside.length === 0) return;
  throw new RequestProblem(
    beside.map((name) => ({
      loc: ["query", name],
      msg: "Goes not with updated_since, which tells all rows",
      type: "value_error",
    })),
  );
}
