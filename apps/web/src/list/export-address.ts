import { type AnyList, queryName } from "@scrapersky/api/lists";

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
  { name, filters }: AnyList,
  input: Record<string, unknown>,
  { format, columns, since }: ExportWish,
): string => {
  const query = new URLSearchParams();
  for (const [filterName, filter] of Object.entries(filters)) {
    const value = input[filterName];
    if (value === undefined) continue;
    // Words of rows may hold commas: each has a parameter of its own.
    for (const word of filter.kind === "words" ? (value as string[]) : [String(value)]) {
      query.append(queryName(filterName), word);
    }
  }
  if (typeof input["order"] === "string") query.set("order", input["order"]);
  if (columns !== undefined) query.set("columns", columns.map(queryName).join(","));
  if (since !== undefined) query.set("since", since);
  const asked = query.toString();
  return `/export/${name}.${format}${asked === "" ? "" : `?${asked}`}`;
};
