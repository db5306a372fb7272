import { z } from "zod";
import { idempotencyKeyInput } from "../batch/batch.contract.ts";
import { idText } from "../id.contract.ts";
import { PERMISSION_LENGTH_MAX } from "../rbac/rbac.contract.ts";

/** Features that there can be, and entries that one tenant, or all of them together, can have in the sidebar. */
export const FEATURES_MAX = 200;
export const FEATURE_NAME_LENGTH_MAX = 100;
export const DESCRIPTION_LENGTH_MAX = 500;
export const SIDEBAR_PATH_LENGTH_MAX = 200;
/** Of what a column of the real table holds. */
export const ORDER_MAX = 1_000_000;

/** A feature that tenants may have. */
export interface FeatureFlag {
  featureId: string;
  name: string;
  description: string | null;
  /** Whether tenants have it that never said anything. */
  byDefault: boolean;
  /** What this tenant says; null: nothing. */
  here: boolean | null;
  /** Whether this tenant has it. */
  on: boolean;
}

/** An entry of the sidebar as whoever changes it sees it. */
export interface FeatureEntry {
  entryId: string;
  parentId: string | null;
  /** Whose sidebar it stands in. */
  of: "all" | "tenant";
  name: string;
  urlPath: string;
  icon: string | null;
  group: string | null;
  order: number | null;
  requiresPermission: string | null;
  /** The feature that it belongs to, and the one that it needs besides. */
  featureId: string | null;
  requiresFeature: string | null;
}

const name = z.string().trim().min(1).max(FEATURE_NAME_LENGTH_MAX);
const description = z.string().max(DESCRIPTION_LENGTH_MAX).nullable();

export const flagIdInput = z.object({ featureId: idText });
export const flagCreateInput = z.object({
  name,
  description: description.default(null),
  byDefault: z.boolean().default(false),
  idempotencyKey: idempotencyKeyInput,
});
export type FlagCreate = z.output<typeof flagCreateInput>;
export const flagUpdateInput = flagIdInput.extend({
  patch: z.object({ name, description, byDefault: z.boolean() }).partial(),
});
export type FlagUpdate = z.output<typeof flagUpdateInput>;

/** Null: what the feature says by default. */
export const tenantFeatureInput = flagIdInput.extend({ enabled: z.boolean().nullable() });
export type TenantFeature = z.output<typeof tenantFeatureInput>;

const entry = z.object({
  name,
  /** Below the tenant's own path, such as "/batches". */
  urlPath: z
    .string()
    .max(SIDEBAR_PATH_LENGTH_MAX)
    .regex(/^\/[\w/-]*$/),
  icon: z
    .string()
    .max(FEATURE_NAME_LENGTH_MAX)
    .regex(/^[a-z\d-]+$/)
    .nullable(),
  group: z.string().max(FEATURE_NAME_LENGTH_MAX).nullable(),
  order: z.number().int().min(0).max(ORDER_MAX).nullable(),
  requiresPermission: z.string().max(PERMISSION_LENGTH_MAX).nullable(),
  featureId: idText.nullable(),
  requiresFeature: idText.nullable(),
});

export const entryIdInput = z.object({ entryId: idText });
export const entryCreateInput = entry.partial().extend({
  name: entry.shape.name,
  urlPath: entry.shape.urlPath,
  of: z.enum(["all", "tenant"]).default("tenant"),
  parentId: idText.nullable().default(null),
  idempotencyKey: idempotencyKeyInput,
});
export type EntryCreate = z.output<typeof entryCreateInput>;

export const entryUpdateInput = entryIdInput.extend({ patch: entry.partial() });
export type EntryUpdate = z.output<typeof entryUpdateInput>;

export const entryMoveInput = entryIdInput.extend({
  /** Null: to the top. */
  parentId: idText.nullable(),
  order: entry.shape.order,
});
export type EntryMove = z.output<typeof entryMoveInput>;

/** A feature as it is after a change. */
export interface FlagChanged {
  featureId: string;
  name: string;
  description: string | null;
  byDefault: boolean;
}
