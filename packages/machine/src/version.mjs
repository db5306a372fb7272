import { readFileSync } from "node:fs";

const UNKNOWN = "unknown";

/** The version in a manifest, `unknown` where there is none: a program may have been taken out of its tree. */
export function readVersion(manifest) {
  try {
    return JSON.parse(readFileSync(manifest, "utf8")).version ?? UNKNOWN;
  } catch {
    return UNKNOWN;
  }
}
