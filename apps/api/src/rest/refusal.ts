import { z } from "@hono/zod-openapi";

/** What REST v3 refuses with: two forms, as the first system's clients parse them. */

/** A sentence; the first system sent an object for an empty list. */
const words = z.union([z.string(), z.record(z.string(), z.string())]);

export const refusal = z
  .strictObject({
    error: z.literal(true),
    message: words,
    status_code: z.int(),
    detail: words,
    code: z.string().optional().openapi({ description: "For programs, such as NEEDS_jobs:read" }),
    request_id: z.string(),
  })
  .openapi("Refusal");

const complaint = z.strictObject({
  loc: z
    .array(z.union([z.string(), z.int()]))
    .openapi({ description: "What it is about, such as body, domains, 3" }),
  msg: z.string(),
  type: z.string(),
});
export type Complaint = z.output<typeof complaint>;

export const invalidRequest = z
  .strictObject({ detail: z.array(complaint), error: z.literal(true) })
  .openapi("InvalidRequest");

export interface Reason {
  message: z.output<typeof words>;
  /** The message, unless the first system said something else here. */
  detail?: string;
  code?: string;
}

export const describeRefusal = (
  status: number,
  { message, detail, code }: Reason,
  requestId: string,
): z.output<typeof refusal> => ({
  error: true,
  message,
  status_code: status,
  detail: detail ?? message,
  ...(code === undefined ? {} : { code }),
  request_id: requestId,
});

export const emptyListReason = (detail: string): Reason => ({
  message: { message: "Missing required parameter", error: detail },
  detail,
});
