import { late } from "#ui/late.ts";

/** A business beside a list, loaded when one is first shown. */
export const LeadPeekLater = late(async () => ({
  default: (await import("./lead-peek.tsx")).LeadPeek,
}));
