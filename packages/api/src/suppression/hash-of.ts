import { createHash } from "node:crypto";

/** Tells of an address at hand whether a record of the audit log was about it, and of a record not which one it was. */
export const hashOf = (entry: string): string =>
  createHash("sha256").update(entry).digest("hex").slice(0, 16);
