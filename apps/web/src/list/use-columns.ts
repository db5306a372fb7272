"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#trpc/client.tsx";
import type { ListColumn } from "./list-view.ts";
import { columnsKey, preferenceQuery } from "./preference-query.ts";

/** The columns that the reader wants of a list, kept on the server; those that come with the list until they say. */
export const useColumns = <Row>(listName: string, all: ListColumn<Row>[]) => {
  const { data: wanted } = useQuery(preferenceQuery(useApi(), columnsKey(listName)));
  const isShown = ({ key, narrow, chosen }: ListColumn<Row>): boolean =>
    narrow === "title" || (wanted?.includes(key) ?? chosen !== true);
  return { shown: all.filter(isShown), isShown, isOwn: wanted != null };
};

export type Columns<Row> = ReturnType<typeof useColumns<Row>>;
