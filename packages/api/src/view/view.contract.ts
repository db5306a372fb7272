import { z } from "zod";
import { idempotencyKeyInput } from "../batch/batch.contract.ts";
import { idText } from "../id.contract.ts";

export const VIEW_NAME_LENGTH_MAX = 80;
export const VIEW_QUERY_LENGTH_MAX = 2_000;
/** Views of one list that one person keeps. */
export const VIEWS_MAX = 50;
const LIST_NAME_LENGTH_MAX = 40;

const name = z.string().trim().min(1).max(VIEW_NAME_LENGTH_MAX);
const query = z.string().max(VIEW_QUERY_LENGTH_MAX);
const list = z.string().max(LIST_NAME_LENGTH_MAX);

export const viewsInput = z.object({ list });

export const viewCreateInput = z.object({
  list,
  name,
  query,
  shared: z.boolean(),
  idempotencyKey: idempotencyKeyInput,
});
export type ViewCreate = z.output<typeof viewCreateInput>;

export const viewUpdateInput = z.object({
  viewId: idText,
  /** `updatedAt` of the view as it was read. */
  expectedUpdatedAt: z.iso.datetime({ offset: true }),
  patch: z.object({ name, query, shared: z.boolean() }).partial(),
});
export type ViewUpdate = z.output<typeof viewUpdateInput>;

export const viewIdInput = z.object({ viewId: idText });

/** Filters and order of a list under a name. */
export interface SavedView {
  viewId: string;
  /** Name of the list. */
  list: string;
  /** Names it in addresses, within its list. */
  slug: string;
  name: string;
  /** What the address of the list says behind its question mark. */
  query: string;
  shared: boolean;
  /** The caller made it. */
  mine: boolean;
  /** Who made it; null where that is not known. */
  by: string | null;
  updatedAt: string;
}
