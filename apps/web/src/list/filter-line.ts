import type { AnyList, Filter } from "@scrapersky/api/lists";
import { wordsOf } from "./list-address.ts";
import { type AnyFilterLabels, type AnyLabels, shownWord, subjectOf } from "./list-labels.ts";

// A line that filters a list: `technology:Shopify has:phone region:"New York" bakery`. What stands before a colon is the
// name of a filter, as its address or its label writes it; the rest is what the list is searched for.

export interface FilterLine {
  /** Words by the name of their filter. */
  filters: Record<string, string[]>;
  /** What is left, for the search of the list. */
  rest: string;
}

const TOKEN = /([\p{L}_-]+):(?:"([^"]*)"?|(\S*))|\S+/gu;

const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]+/g, "");

/** The filters that a line may name. */
export const lineFilters = (
  list: AnyList,
  labels: AnyLabels,
): { name: string; key: string; filter: Filter; labels: AnyFilterLabels }[] =>
  Object.entries(list.filters).flatMap(([name, filter]) => {
    const known = labels.filters[name];
    const subject = known === undefined ? undefined : subjectOf(known);
    return known === undefined || subject === undefined
      ? []
      : [{ name, key: filter.address ?? name, filter, labels: known }];
  });

/** The word of a filter that somebody means by a text: one it knows, as addresses or people write it; else the text itself. */
const wordMeant = (filter: Filter, labels: AnyFilterLabels, text: string): string | undefined => {
  if (filter.kind !== "choices" && filter.kind !== "flag") return text;
  const wanted = plain(text);
  return wordsOf(filter).find(
    (word) => plain(word) === wanted || plain(shownWord(labels, word)) === wanted,
  );
};

/** Reads a line. What names no filter, or no word that its filter knows, stays in the search. */
export const readFilterLine = (list: AnyList, labels: AnyLabels, line: string): FilterLine => {
  const known = lineFilters(list, labels);
  const filters: Record<string, string[]> = {};
  const rest: string[] = [];
  for (const [token, key, quoted, bare] of line.matchAll(TOKEN)) {
    const named =
      key === undefined
        ? undefined
        : known.find(
            (each) =>
              plain(each.key) === plain(key) || plain(subjectOf(each.labels) ?? "") === plain(key),
          );
    const given = quoted ?? bare ?? "";
    const words =
      named === undefined || given === ""
        ? []
        : (quoted === undefined ? given.split(",") : [given]).flatMap(
            (text) => wordMeant(named.filter, named.labels, text) ?? [],
          );
    if (named === undefined || words.length === 0) rest.push(token);
    else filters[named.name] = [...(filters[named.name] ?? []), ...words];
  }
  return { filters, rest: rest.join(" ") };
};

/** Reads a line beside filters that hold already: those that take several words keep what they have. */
export const addFilters = (
  list: AnyList,
  labels: AnyLabels,
  line: string,
  written: Record<string, readonly string[]>,
): FilterLine => {
  const { filters, rest } = readFilterLine(list, labels, line);
  const added = Object.entries(filters).map(([name, chosen]) => [
    name,
    list.filters[name]?.kind === "choices" || list.filters[name]?.kind === "words"
      ? [...new Set([...(written[name] ?? []), ...chosen])]
      : chosen.slice(-1),
  ]);
  return { filters: Object.fromEntries(added) as FilterLine["filters"], rest };
};

/** One filter as a line writes it. */
export const writeToken = (key: string, word: string): string =>
  /[\s",]/.test(word) ? `${key}:"${word.replaceAll('"', "")}"` : `${key}:${word}`;
