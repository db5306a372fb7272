import type { Complaint } from "./refusal.ts";

/** What is said of a parameter of a query that the route does not have. */
export const unknownParameter = (name: string): Complaint => ({
  loc: ["query", name],
  msg: "Unknown parameter",
  type: "extra_forbidden",
});
