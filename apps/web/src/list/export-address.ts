import { type AnyList, queryName } from "@scrapersky/api/lists";
import { restQuestion } from "./list-question.ts";

/** What a file of a list is asked for with. */
export interface ExportWish {
  format: "csv" | "xlsx" | "ndjson";
  /** Columns of the list's export; all that the reader may see when left out. */
  columns?: readonly string[];
  /** An earlier export: only what came since. */
  since?: string | undefined;
}

/** Where a file of a list is, by its path below the tenant: the rows that pass the filters of this question, in its order. */
export const exportAddress = (
  list: AnyList,
  input: Record<string, unknown>,
  { format, columns, since }: ExportWish,
): string => {
  const query = restQuestion(list, input);
  if (columns !== undefined) query.set("columns", columns.map(queryName).join(","));
  if (since !== undefined) query.set("since", since);
  const asked = query.toString();
  return `/export/${list.name}.${format}${asked === "" ? "" : `?${asked}`}`;
};
