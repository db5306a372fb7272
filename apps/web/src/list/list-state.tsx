"use client";

import type { AnyList } from "@scrapersky/api/lists";
import { useQueries } from "@tanstack/react-query";
import { formatCount } from "#format/number.ts";
import { useApi } from "#trpc/client.tsx";
import { type AnyLabels, manyOf } from "./list-labels.ts";
import { countQuery } from "./list-query.ts";

const ASK_MS = 30_000;

/** Some rows of a list that its page tells the number of. */
export interface Told {
  filters: Record<string, unknown>;
  words: string;
}

/** How many rows a list has, whatever narrows it, and how many of those that matter: "14 batches · 2 running". */
export function ListState({
  list,
  labels,
  told,
}: {
  list: AnyList;
  labels: AnyLabels;
  told: readonly Told[];
}) {
  const api = useApi();
  const counts = useQueries({
    queries: [{}, ...told.map(({ filters }) => filters)].map((filters, at) => ({
      ...countQuery(api, list, filters, false),
      // What is under way ends by itself.
      refetchInterval: at === 0 ? (false as const) : ASK_MS,
    })),
  });
  const words = counts.flatMap(({ data }, at) => {
    if (data === undefined || data.value === 0) return [];
    const noun = data.value === 1 ? labels.one : manyOf(labels);
    const what = at === 0 ? noun : told[at - 1]!.words;
    return [`${data.exact ? "" : "about "}${formatCount(data.value)} ${what}`];
  });
  return <span className="tabular-nums first-letter:uppercase">{words.join(" · ")}</span>;
}
