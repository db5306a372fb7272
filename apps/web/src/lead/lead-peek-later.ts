import { lazy } from "react";

/** A business beside a list, loaded when one is first shown. */
export const LeadPeekLater = lazy(async () => ({
  default: (await import("./lead-peek.tsx")).LeadPeek,
}));
