import { createHash } from "node:crypto";

const FINGERPRINT_LENGTH = 12;

/** Short name of a statement's text: the same text has the same one in every process, and tells nothing. */
export const fingerprintOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, FINGERPRINT_LENGTH);
