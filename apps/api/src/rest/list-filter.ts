import { z } from "@hono/zod-openapi";
import { filterInput } from "@scrapersky/api";
import { type AnyList, type FilterValues, queryName } from "@scrapersky/api/contract";

/** A filter of a list in a body: an object of what its route takes as a query, several words as a list. Left out: undefined. */
export const listFilter = <L extends AnyList>(
  list: L,
  words: { description: string; example?: object },
) =>
  z
    .unknown()
    .transform((value, ctx): FilterValues<L> | undefined => {
      if (value === undefined || value === null) return undefined;
      const named = renamed(value, Object.keys(list.filters), (name) => [queryName(name), name]);
      const { data, error } = filterInput(list).safeParse(named);
      for (const { path, message } of error?.issues ?? []) {
        ctx.addIssue({
          code: "custom",
          path: path.map((part) => (typeof part === "string" ? queryName(part) : part)),
          message,
          params: { type: "value_error" },
        });
      }
      return data ?? z.NEVER;
    })
    .openapi({ type: "object", ...words });

/** The same filter as its route spells it. */
export const toldFilter = (list: AnyList, filter: object): Record<string, unknown> =>
  renamed(filter, Object.keys(list.filters), (name) => [name, queryName(name)]) as Record<
    string,
    unknown
  >;

/** Names that are none of the list's stay, and are complained of. */
function renamed(
  value: unknown,
  names: readonly string[],
  pair: (name: string) => [from: string, to: string],
): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const known = new Map(names.map(pair));
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => [known.get(name) ?? name, of]),
  );
}
