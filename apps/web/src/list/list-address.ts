import {
  type AnyList,
  type Filter,
  isMoment,
  type ListInput,
  type OrderOf,
} from "@scrapersky/api/lists";
import {
  COUNT_MAX,
  CURSOR_LENGTH_MAX,
  FILTER_WORDS_MAX,
  LIST_LIMIT_DEFAULT,
} from "@scrapersky/api/wire";

/** What a page of a list asks for whatever its address says, such as the batch that it shows. */
export type Fixed<L extends AnyList> = Partial<ListInput<L>>;

/** What filters hold, as an address writes it: words, or one text, time, number, yes or no. None takes a filter out. */
export type Written<L extends AnyList> = {
  [Name in keyof L["filters"]]?: L["filters"][Name] extends { words: readonly (infer Word)[] }
    ? readonly Word[]
    : readonly string[];
};

const YES_OR_NO = ["yes", "no"];

/** What can be chosen of a filter; nothing of one that is typed. */
export const wordsOf = (filter: Filter): readonly string[] =>
  filter.kind === "choices" ? filter.words : filter.kind === "flag" ? YES_OR_NO : [];

/** Whether several words stand in one parameter, parted by commas; else the parameter is repeated. */
const isJoined = (filter: Filter): boolean =>
  filter.kind === "choices" || (filter.kind === "words" && filter.codes === true);

/** The nearest number that the server takes; none of what is no whole number. */
const readCount = (text: string): string[] =>
  /^[+-]?\d+$/.test(text) ? [String(Math.min(Math.max(Number(text), 0), COUNT_MAX))] : [];

/** What an address says of a filter; unknown words and what the api would refuse are dropped, never an error. */
const readFilter = (filter: Filter, given: readonly string[]): readonly string[] => {
  const texts = (isJoined(filter) ? given.flatMap((text) => text.split(",")) : given)
    .map((text) => text.trim())
    .filter((text) => text !== "" && !("max" in filter && text.length > filter.max));
  switch (filter.kind) {
    case "choices":
      return filter.words.filter((word) => texts.includes(word));
    case "words":
      return [...new Set(texts)].slice(0, FILTER_WORDS_MAX);
    case "text":
      return texts.slice(0, 1);
    case "flag":
      return texts.filter((text) => YES_OR_NO.includes(text)).slice(0, 1);
    case "time":
      return texts.filter(isMoment).slice(0, 1);
    case "count":
      return texts.flatMap(readCount).slice(0, 1);
  }
};

/** What a filter is asked by. */
const valueOf = ({ kind }: Filter, words: readonly string[]): unknown => {
  const [first] = words;
  if (first === undefined) return undefined;
  switch (kind) {
    case "choices":
    case "words":
      return words;
    case "flag":
      return first === "yes";
    case "count":
      return Number(first);
    case "text":
    case "time":
      return first;
  }
};

const ORDER = "order";

/** The order that an address asks for, where the list has it and the filters that it needs hold; else that of the page. */
const readOrder = (
  { orders }: AnyList,
  params: URLSearchParams,
  input: Record<string, unknown>,
  own: string | undefined,
): string | undefined => {
  const order = params.get(ORDER) ?? "";
  return Object.hasOwn(orders, order) && orders[order]!.every((name) => input[name] !== undefined)
    ? order
    : own;
};

/** The question that an address of a list asks. Server and browser read it alike, so the first paint is the first answer. */
export const readListAddress = <L extends AnyList>(
  list: L,
  params: URLSearchParams,
  fixed?: Fixed<L>,
  own?: OrderOf<L>,
) => {
  const cursor = params.get("cursor") ?? "";
  const input: Record<string, unknown> = {
    limit: LIST_LIMIT_DEFAULT,
    cursor: cursor === "" || cursor.length > CURSOR_LENGTH_MAX ? undefined : cursor,
  };
  const written: Record<string, readonly string[]> = {};
  for (const [name, filter] of Object.entries(list.filters)) {
    const words = readFilter(filter, params.getAll(filter.address ?? name));
    written[name] = words;
    input[name] = valueOf(filter, words);
  }
  const order = readOrder(list, params, { ...input, ...fixed }, own);
  return { input: { ...input, order, ...fixed } as ListInput<L>, written };
};

/** Writes filters into an address. The list begins anew. */
export const writeFilters = <L extends AnyList>(
  list: L,
  params: URLSearchParams,
  filters: Written<L>,
): void => {
  params.delete("cursor");
  for (const [name, words = []] of Object.entries(filters as Record<string, readonly string[]>)) {
    const filter = list.filters[name];
    const key = filter?.address ?? name;
    const given = words.filter((word) => word !== "");
    params.delete(key);
    const isOne = filter !== undefined && isJoined(filter) && given.length > 0;
    for (const word of isOne ? [given.join(",")] : given) params.append(key, word);
  }
};

/** Writes the order of the rows into an address; that of the page is asked for by none. The list begins anew. */
export const writeOrder = <L extends AnyList>(
  { orders }: L,
  params: URLSearchParams,
  order: OrderOf<L>,
  own?: OrderOf<L>,
): void => {
  params.delete("cursor");
  if (order === (own ?? Object.keys(orders)[0])) params.delete(ORDER);
  else params.set(ORDER, order);
};
