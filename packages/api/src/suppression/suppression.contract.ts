import { z } from "zod";
import { boundedList } from "../bounded-list.contract.ts";
import { idempotencyKeyInput } from "../batch/batch.contract.ts";
import { idText } from "../id.contract.ts";

export const SUPPRESSION_KINDS = ["domain", "email", "pattern"] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

/** Characters of one entry, as for any address, and of what is noted on it. */
export const SUPPRESSION_LENGTH_MAX = 254;
export const SUPPRESSION_REASON_LENGTH_MAX = 500;
/** Entries of one call, and of one tenant's list. */
export const SUPPRESSIONS_PER_CALL_MAX = 1_000;
export const SUPPRESSIONS_MAX = 100_000;

/** One entry of the list. Times are ISO 8601 in UTC. */
export interface Suppression {
  suppressionId: string;
  kind: SuppressionKind;
  /** As people read it: in its own script instead of punycode. Without the right to contacts no address. */
  entry: string;
  /** Null without the right to contacts. */
  reason: string | null;
  createdBy: { id: string; name: string | null } | null;
  createdAt: string;
  /** The removal of what was stored of it before; null when there was none. */
  purge: { purgeId: string; ended: boolean } | null;
}

/** The removal of what was stored. While it has not ended, a worker goes on with it. */
export interface Purge {
  purgeId: string;
  /** What scans found, or wherever the tenant holds it. */
  scope: "results" | "everywhere";
  ended: boolean;
  /** Rows removed or changed so far, by place; without the right to contacts told of domains alone. */
  removed: Record<string, number>;
}

export interface SuppressionsAdded {
  /** Entries that are new on the list; without the right to contacts known addresses are counted here too. */
  added: number;
  /** Entries that stood on it already. */
  known: number;
  refused: { entry: string; reason: string }[];
  /** Null when nothing is new, and without the right to contacts where addresses are among the entries. */
  purge: Purge | null;
}

export interface SuppressionsRemoved {
  /** Entries that stood on the list; without the right to contacts all addresses. */
  removed: number;
}

/** What an erasure would remove or change. */
export interface ErasurePreview {
  kind: "email" | "domain";
  entry: string;
  /** Rows by place; places that hold nothing are left out. */
  found: Record<string, number>;
}

const reason = z.string().trim().max(SUPPRESSION_REASON_LENGTH_MAX).optional();
/** Longer ones are refused one by one, with the others taken. */
const entry = z.string().max(1_000);

export const suppressionsAddInput = z.object({
  entries: boundedList(entry, { max: SUPPRESSIONS_PER_CALL_MAX }),
  reason,
  idempotencyKey: idempotencyKeyInput,
});
export type SuppressionsAdd = z.output<typeof suppressionsAddInput>;

export const suppressionsRemoveInput = suppressionsAddInput.pick({ entries: true });
export type SuppressionsRemove = z.output<typeof suppressionsRemoveInput>;

export const purgeIdInput = z.object({ purgeId: idText });

/** An e-mail address or a domain. */
export const erasurePreviewInput = z.object({ subject: entry });
export const eraseInput = erasurePreviewInput.extend({ reason });
export type Erase = z.output<typeof eraseInput>;
