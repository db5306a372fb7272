import { z } from "zod";
import { boundedList } from "../bounded-list.contract.ts";
import { idempotencyKeyInput } from "../batch/batch.contract.ts";
import { idText } from "../id.contract.ts";
import type { Permission } from "../rbac/permissions.ts";
import { KEY_NAME_LENGTH_MAX, KEY_OVERLAP_HOURS } from "../wire.contract.ts";

const SCOPES_MAX = 100;
const SCOPE_LENGTH_MAX = 60;

const expiresAt = z.iso.datetime({ offset: true }).nullish();

export const keyCreateInput = z.object({
  /** Whose it is: the caller's own, or that of a service account of this name. */
  holder: z.enum(["me", "service"]),
  name: z.string().max(KEY_NAME_LENGTH_MAX),
  scopes: boundedList(z.string().max(SCOPE_LENGTH_MAX), { max: SCOPES_MAX }),
  /** Null or left out: it works until it is revoked. */
  expiresAt,
  idempotencyKey: idempotencyKeyInput,
});
export type KeyCreate = z.output<typeof keyCreateInput>;

export const keyIdInput = z.object({ keyId: idText });

export const keyRotateInput = z.object({
  keyId: idText,
  /** How long the old one goes on working; 0 ends it at once. */
  overlapHours: z
    .number()
    .int()
    .min(0)
    .max(KEY_OVERLAP_HOURS.max)
    .default(KEY_OVERLAP_HOURS.default),
});
export type KeyRotate = z.output<typeof keyRotateInput>;

/** One row of the list of keys. Times are ISO 8601 in UTC. */
export interface KeyRow {
  keyId: string;
  name: string;
  holder: { kind: "person" | "service"; id: string; name: string | null };
  /** How it begins, and its last four characters. */
  hint: string;
  state: "working" | "expired" | "revoked";
  scopes: string[];
  createdAt: string;
  /** To the minute. */
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
  /** Another key was made in its place. */
  rotated: boolean;
}

/** A key that was just made: the secret is told this once. */
export interface KeyMade {
  keyId: string;
  key: string;
  scopes: Permission[];
  expiresAt: string | null;
}
