import type { AnyList } from "@scrapersky/api/lists";
import type { Selection } from "./use-selection.ts";

/** The rows of a selection as a bulk action takes them: ids, or the question. */
export const bulkTarget = (
  { name }: AnyList,
  { q, ...filter }: Record<string, unknown>,
  selection: Selection,
) =>
  "ids" in selection
    ? { list: name, ids: selection.ids }
    : { list: name, filter, ...(q === undefined ? {} : { q }) };
