import { profiles, savedViews } from "@scrapersky/db/schema";
import type { RowOf } from "../list/row-of.ts";
import { isoTime } from "../time.ts";
import type { SavedView } from "./view.contract.ts";

/** What a view is told from, where its owner's profile is joined. */
export const VIEW_COLUMNS = {
  viewId: savedViews.id,
  list: savedViews.list,
  slug: savedViews.slug,
  name: savedViews.name,
  query: savedViews.query,
  shared: savedViews.shared,
  ownerId: savedViews.ownerId,
  updatedAt: savedViews.updatedAt,
};

export const VIEW_COLUMNS_WITH_OWNER = { ...VIEW_COLUMNS, by: profiles.name };

export const toView = (
  { ownerId, ...row }: RowOf<typeof VIEW_COLUMNS_WITH_OWNER>,
  callerId: string,
): SavedView => ({ ...row, mine: ownerId === callerId, updatedAt: isoTime(row.updatedAt) });
