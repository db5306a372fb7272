"use client";

import type { ReactNode } from "react";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/states.tsx";
import { FilterControl } from "./filter-control.tsx";
import { ListFrame } from "./list-frame.tsx";
import type { Written } from "./list-address.ts";
import type { AnyFilterLabels, ListLabels } from "./list-labels.ts";
import type { ItemOf, WebList } from "./list-query.ts";
import { Pager } from "./pager.tsx";
import { type ListOptions, useList } from "./use-list.ts";

type Counts<L extends WebList> = { [Name in keyof L["filters"]]?: Record<string, number> };

export interface ListProps<L extends WebList> extends ListOptions<L> {
  list: L;
  labels: ListLabels<L>;
  /** Rows by word of a filter, told on its chips. */
  counts?: Counts<L>;
  table: (rows: ItemOf<L>[]) => ReactNode;
  /** In the place of rows, when nothing narrows the list and it has none. */
  empty: ReactNode;
  /** What stands above the filters; told whether `empty` is in sight. */
  head?: (isEmpty: boolean) => ReactNode;
}

/** Filters, rows and pages of a list, in all the states that they have. */
export function ListSection<L extends WebList>(props: ListProps<L>) {
  const { list, labels, table, empty, head, fixed = {}, counts } = props;
  const { input, written, query, held, filter, clear, turn } = useList(list, props);
  const { data } = query;
  const names = Object.keys(list.filters).filter((name) => !(name in fixed));
  const isFiltered = names.some((name) => written[name]![0]);
  const isWhole = !isFiltered && input.cursor === undefined;
  return (
    <>
      {head?.(isWhole && data?.items.length === 0)}
      <div className="mb-3 flex flex-wrap gap-2">
        {names.map((name) => (
          <FilterControl
            key={name}
            of={list.filters[name]!}
            labels={labels.filters[name as keyof L["filters"]] as AnyFilterLabels}
            chosen={written[name]!}
            counts={counts?.[name]}
            onChange={(chosen) => filter({ [name]: chosen } as Written<L>)}
          />
        ))}
      </div>
      {data?.restarted && (
        <p role="status" className="mb-2 text-sm text-muted">
          This address names a page that is gone; here is the first.
        </p>
      )}
      <ListFrame
        query={query}
        count={held.rows.length}
        arrived={held.arrived}
        onAccept={held.accept}
        pager={
          data && (
            <Pager page={data} onTurn={turn} isNewest={!input.order && "newest" in list.orders} />
          )
        }
        empty={
          isWhole ? (
            empty
          ) : (
            <EmptyState
              title={
                isFiltered
                  ? `No ${labels.one} matches these filters`
                  : "Nothing is left on this page"
              }
              action={
                <Button onClick={clear}>
                  {isFiltered ? "Clear the filters" : "Show the first page"}
                </Button>
              }
            />
          )
        }
      >
        {table(held.rows)}
      </ListFrame>
    </>
  );
}
