import { type AnyList, queryName } from "@scrapersky/api/lists";
import type { Call } from "#call/call-menu.tsx";

/** The filters and the order of a question, as addresses of REST write them. */
export const restQuestion = (
  { filters }: AnyList,
  input: Record<string, unknown>,
): URLSearchParams => {
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
  return query;
};

/** The call of a list from its first page on. */
export const listCall = (list: AnyList, asked: Record<string, unknown>): Call => {
  const { limit: _limit, cursor: _cursor, ...input } = asked;
  const query = restQuestion(list, input).toString();
  return {
    procedure: `${list.name}.list`,
    input: Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
    ...(list.isNarrowInRest === true
      ? {}
      : { rest: `/${list.name}${query === "" ? "" : `?${query}`}` }),
  };
};
