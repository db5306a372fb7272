import { HEADERS, IDEMPOTENCY_KEY_LENGTH_MAX } from "@scrapersky/api/contract";
import { text } from "./field.ts";

/** The header of a call that may be sent again; `again` says what the same key does then. */
export const keyed = (again: string) => ({
  [HEADERS.idempotencyKey]: text({
    min: 1,
    max: IDEMPOTENCY_KEY_LENGTH_MAX,
    description: `Chosen by you; the same key again ${again}`,
  }),
});

/** Says in the answer that it is one of before. */
export const replays = {
  [HEADERS.idempotentReplayed]: "true when an earlier call with this key did it",
};

export const otherRequest = {
  description: "This Idempotency-Key was sent with another body before",
  reason: {
    message: "This idempotency key was used for another request.",
    code: "IDEMPOTENCY_MISMATCH",
  },
};
