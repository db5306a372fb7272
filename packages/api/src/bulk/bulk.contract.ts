import { z } from "zod";
import { BATCH_LIST } from "../batch/batch-list.contract.ts";
import { batchRetryInput } from "../batch/batch-retry.contract.ts";
import { idempotencyKeyInput, scanInput } from "../batch/batch.contract.ts";
import { boundedList } from "../bounded-list.contract.ts";
import { CONTACT_LIST } from "../contact/contact-list.contract.ts";
import { idText } from "../id.contract.ts";
import { JOB_LIST } from "../job/job-list.contract.ts";
import { againOverrides } from "../job/job.contract.ts";
import { LEAD_LIST } from "../lead/lead-list.contract.ts";
import { leadUpdateInput } from "../lead/lead.contract.ts";
import { filtersInput, timeText } from "../list-input.contract.ts";
import type { AnyList, FilterValues } from "../list/list.contract.ts";
import type { Permission } from "../rbac/permissions.ts";
import { BULK_IDS_MAX, LABEL_LENGTH_MAX } from "../wire.contract.ts";
import { suppressionsAddInput } from "../suppression/suppression.contract.ts";
import { BULK_LIST, type BulkActionName } from "./bulk-list.contract.ts";
import type { BULK } from "./bulk.state.ts";

/** Rows that one bulk action takes. */
export const BULK_ROWS_MAX = 1_000_000;
/** Rows that were left out that are told one by one. */
export const BULK_SKIPPED_TOLD_MAX = 1_000;
/** For how long what can be undone can be. */
export const BULK_UNDO_SECONDS = 10;

/** Lists whose rows can be acted on. */
export const BULK_LISTS = {
  jobs: JOB_LIST,
  batches: BATCH_LIST,
  leads: LEAD_LIST,
  contacts: CONTACT_LIST,
} as const satisfies Record<string, AnyList>;
export type BulkList = keyof typeof BULK_LISTS;

interface Act {
  /** Whose rows it takes. Of contacts, those of their leads. */
  lists: readonly BulkList[];
  /** The right that the act on one row needs. */
  permission: Permission;
}

/** What can be done, to the rows of which lists, and by whom. */
export const BULK_ACTS = {
  "jobs.retry": { lists: ["jobs"], permission: "jobs:retry" },
  "jobs.cancel": { lists: ["jobs"], permission: "jobs:cancel" },
  "batches.retryFailed": { lists: ["batches"], permission: "jobs:retry" },
  "batches.pause": { lists: ["batches"], permission: "batches:cancel" },
  "batches.resume": { lists: ["batches"], permission: "batches:cancel" },
  "batches.cancel": { lists: ["batches"], permission: "batches:cancel" },
  "batches.delete": { lists: ["batches"], permission: "batches:delete" },
  "leads.rescan": { lists: ["leads", "contacts"], permission: "batches:create" },
  "leads.update": { lists: ["leads", "contacts"], permission: "leads:write" },
  "leads.suppress": { lists: ["leads", "contacts"], permission: "suppressions:write" },
} as const satisfies Record<BulkActionName, Act>;

type TargetUntil<Until> = {
  [List in BulkList]:
    | { list: List; ids: string[] }
    | ({
        list: List;
        filter: Omit<FilterValues<(typeof BULK_LISTS)[List]>, "q">;
        q?: string | undefined;
      } & Until);
}[BulkList];

/** Rows of a list by their ids, or all that match its own filters and came up to a moment. */
export type BulkTarget = TargetUntil<{
  /** Rows that came later are not touched. ISO 8601. */
  asOf: string;
}>;
/** The same as it is asked: without a moment it is now, by the clock that stamps the rows. */
export type BulkWish = TargetUntil<{ asOf?: string | undefined }>;

const targetOf = <List extends BulkList>(list: List) => {
  const { q, ...filters } = filtersInput(BULK_LISTS[list]);
  return z
    .strictObject({
      list: z.literal(list),
      ids: boundedList(idText, { max: BULK_IDS_MAX }).optional(),
      filter: z.strictObject(filters).optional(),
      ...(q ? { q } : {}),
      asOf: timeText.optional(),
    })
    .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
      path: ["ids"],
      message: "Give either ids or a filter; {} is a filter that all rows match.",
    });
};

export const bulkTargetInput = z
  .discriminatedUnion("list", [
    targetOf("jobs"),
    targetOf("batches"),
    targetOf("leads"),
    targetOf("contacts"),
  ])
  // What is undefined is not there: `"ids" in target` tells the two forms apart.
  .transform(
    (given) =>
      Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
      ) as unknown as BulkWish,
  ) as unknown as z.ZodType<BulkWish, BulkWish>;

const NONE = z.strictObject({});

export const rescanSettings = z.strictObject({
  ...scanInput,
  label: z.string().trim().max(LABEL_LENGTH_MAX).optional(),
});

/** What each act can be told beside its rows; what is left out stays as it is. */
const SETTINGS = {
  "jobs.retry": againOverrides.strict(),
  "jobs.cancel": NONE,
  "batches.retryFailed": z.strictObject({
    errorCodes: batchRetryInput.shape.errorCodes,
    ...againOverrides.shape,
  }),
  "batches.pause": NONE,
  "batches.resume": NONE,
  "batches.cancel": NONE,
  "batches.delete": NONE,
  "leads.rescan": rescanSettings,
  "leads.update": leadUpdateInput.shape.patch
    .omit({ note: true })
    .strict()
    .refine((patch) => Object.values(patch).some((value) => value !== undefined), {
      message: "Say what is to change: label, contacted or doNotContact.",
    }),
  "leads.suppress": suppressionsAddInput.pick({ reason: true }).strict(),
} as const satisfies Record<BulkActionName, z.ZodObject>;

type Settings = typeof SETTINGS;

const callOf = (action: BulkActionName, more: Record<string, z.ZodType>) => {
  const settings: z.ZodType = SETTINGS[action];
  const lists: readonly BulkList[] = BULK_ACTS[action].lists;
  return z
    .strictObject({
      action: z.literal(action),
      target: bulkTargetInput,
      // Where nothing has to be said, nothing need be.
      settings: settings.prefault({}),
      ...more,
    })
    .refine(({ target: { list } }: { target: BulkWish }) => lists.includes(list), {
      path: ["target", "list"],
      message: `${action} takes rows of ${lists.join(" or ")}.`,
    });
};

const [FIRST, ...OTHERS] = BULK_LIST.filters.action.words;

const anyCallOf = (more: Record<string, z.ZodType>) =>
  z.discriminatedUnion("action", [
    callOf(FIRST, more),
    ...OTHERS.map((action) => callOf(action, more)),
  ]);

/** What is to be done, to which rows, and how. */
export type BulkCall<Target = BulkTarget> = {
  [Name in BulkActionName]: {
    action: Name;
    target: Target;
    settings: z.output<Settings[Name]>;
  };
}[BulkActionName];
type BulkAsk = {
  [Name in BulkActionName]: {
    action: Name;
    target: BulkWish;
    settings?: z.input<Settings[Name]> | undefined;
  };
}[BulkActionName];

export const starting = {
  /** Rows that the preview called eligible; needed where they are more than `BULK_CONFIRM_ABOVE`. */
  confirmCount: z.number().int().min(0).optional(),
  idempotencyKey: idempotencyKeyInput,
};
export interface Starting {
  confirmCount?: number | undefined;
  idempotencyKey?: string | undefined;
}
export type BulkStart = BulkCall<BulkWish> & Starting;

export const bulkPreviewInput = anyCallOf({}) as unknown as z.ZodType<BulkCall<BulkWish>, BulkAsk>;
export const bulkStartInput = anyCallOf(starting) as unknown as z.ZodType<
  BulkStart,
  BulkAsk & Starting
>;
export const bulkIdInput = z.object({ id: idText });

/** Why a row is left out, in a word for programs and a sentence for people. */
export interface BulkReason {
  reason: string;
  text: string;
  count: number;
}

export interface BulkPreview {
  /** Rows that are meant; about so many where not `exact`. */
  total: number;
  eligible: number;
  /** Most frequent first; `sample` has the names of some, ids where no row is known by them. */
  ineligible: (BulkReason & { sample: string[] })[];
  /** False for more rows than a bulk action takes: then none of them is eligible. */
  exact: boolean;
  /** Up to when rows are meant, ISO 8601: an act that is told the same means no others. Null of rows by their ids. */
  asOf: string | null;
}

export type BulkStatus = (typeof BULK.states)[number];

/** One act on many rows. Times are ISO 8601 in UTC. */
export interface BulkAction {
  id: string;
  action: BulkActionName;
  list: BulkList;
  /** How many ids were given, or what was asked for. Without `contacts:read` the search is left out. */
  target: { ids: number } | { filter: Record<string, unknown>; q: string | null; asOf: string };
  settings: Record<string, unknown>;
  status: BulkStatus;
  /** Rows that are meant. Once it has ended by itself: `done + skipped + failed`. */
  total: number;
  done: number;
  skipped: number;
  failed: number;
  /** 0–100, share of the rows that were come to. */
  progress: number;
  /** Why rows were skipped or failed, most frequent first. */
  reasons: BulkReason[];
  /** Why it stopped. */
  error: string | null;
  /** The batch that a rescan made. */
  batchId: string | null;
  /** Until then `bulk.undo` brings back what was; null where it cannot. */
  undoUntil: string | null;
  createdBy: { id: string; name: string | null } | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

/** A row that was not changed. */
export interface BulkSkipped {
  id: string;
  /** Of the job's domain, batch, lead or address; null where nobody is told or no row is known by the id. */
  name: string | null;
  reason: string;
  text: string;
}

export interface BulkSkippedRows {
  /** At most `BULK_SKIPPED_TOLD_MAX`. */
  items: BulkSkipped[];
  /** How many there are. */
  total: number;
}
