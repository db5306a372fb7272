import type { AnyList, Filter, ListInput } from "@scrapersky/api/lists";
import { CURSOR_LENGTH_MAX, FILTER_WORDS_MAX, LIST_LIMIT_DEFAULT } from "@scrapersky/api/wire";

/** What a page of a list asks for whatever its address says, such as the batch that it shows. */
export type Fixed<L extends AnyList> = Partial<ListInput<L>>;

/** What filters hold, as an address writes it: words, a text alone, yes or no. None takes a filter out. */
export type Written<L extends AnyList> = {
  [Name in keyof L["filters"]]?: L["filters"][Name] extends { words: readonly (infer Word)[] }
    ? readonly Word[]
    : readonly string[];
};

/** What can be chosen of a filter. */
export const wordsOf = (filter: Filter): readonly string[] =>
  filter.kind === "choices" ? filter.words : ["yes", "no"];

/** What an address says of a filter; unknown words and what the api would refuse are dropped, never an error. */
const readFilter = (filter: Filter, written: string): readonly string[] => {
  const given =
    filter.kind === "text" ? [written.trim()] : written.split(",").slice(0, FILTER_WORDS_MAX);
  return "max" in filter
    ? given.filter((text) => text !== "" && text.length <= filter.max)
    : wordsOf(filter).filter((word) => given.includes(word));
};

/** The question that an address of a list asks. Server and browser read it alike, so the first paint is the first answer. */
export const readListAddress = <L extends AnyList>(
  list: L,
  params: URLSearchParams,
  fixed?: Fixed<L>,
) => {
  const cursor = params.get("cursor") ?? "";
  const input: Record<string, unknown> = {
    limit: LIST_LIMIT_DEFAULT,
    cursor: cursor === "" || cursor.length > CURSOR_LENGTH_MAX ? undefined : cursor,
  };
  const written: Record<string, readonly string[]> = {};
  for (const [name, filter] of Object.entries(list.filters)) {
    const words = readFilter(filter, params.get(filter.address ?? name) ?? "");
    const [first] = words;
    written[name] = words;
    input[name] =
      first && (filter.kind === "flag" ? first === "yes" : filter.kind === "text" ? first : words);
  }
  return { input: { ...input, ...fixed } as ListInput<L>, written };
};

/** Writes filters into an address. The list begins anew. */
export const writeFilters = <L extends AnyList>(
  list: L,
  params: URLSearchParams,
  filters: Written<L>,
): void => {
  params.delete("cursor");
  for (const [name, words] of Object.entries(filters)) {
    const written = list.filters[name]?.address ?? name;
    params.set(written, String(words));
    if (params.get(written) === "") params.delete(written);
  }
};
