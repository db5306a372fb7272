"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#trpc/client.tsx";
import { facetsQuery, filtersBeside } from "./facet-query.ts";
import type { FilterBarProps } from "./filter-bar.tsx";
import { wordsOf } from "./list-address.ts";
import { shownWord } from "./list-labels.ts";

export interface FilterChoice {
  word: string;
  shown: string;
  /** Rows that have it, where they were counted. */
  count: number | undefined;
}

/** What can be chosen of a filter: the words it knows, or those that the rows have, the most frequent first. */
export const useFilterChoices = (
  {
    list,
    labels,
    written,
    input,
    counts,
  }: Pick<FilterBarProps, "list" | "labels" | "written" | "input" | "counts">,
  name: string | undefined,
): FilterChoice[] => {
  const filter = name === undefined ? undefined : list.filters[name];
  const isCounted = name !== undefined && list.facets?.includes(name) === true;
  const { data } = useQuery({
    ...facetsQuery(useApi(), list, filtersBeside(list, input, name ?? "")),
    enabled: isCounted,
  });
  if (name === undefined || filter === undefined) return [];
  const told = data?.facets[name] ?? [];
  const countOf = (word: string): number | undefined =>
    counts[name]?.[word] ?? told.find(({ value }) => value === word)?.count;
  const words =
    filter.kind === "choices" || filter.kind === "flag"
      ? wordsOf(filter)
      : filter.kind === "words"
        ? [...new Set([...(written[name] ?? []), ...told.map(({ value }) => value)])]
        : [];
  return words.map((word) => ({
    word,
    shown: shownWord(labels.filters[name]!, word),
    count: countOf(word),
  }));
};
