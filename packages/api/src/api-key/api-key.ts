import { createHash } from "node:crypto";

/** How every key begins: `sk_live_<public id>_<secret>`. */
export const KEY_START = "sk_live_";

/** What is kept of a secret. */
export const hashOfSecret = (secret: string): string =>
  createHash("sha256").update(secret).digest("hex");

/** Whose key it is: a person's, or a service account's. */
export type KeyHolder = { profileId: string } | { serviceAccountId: string };
