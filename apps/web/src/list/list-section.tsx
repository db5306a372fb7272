"use client";

import { useSearchParams } from "next/navigation";
import { type ReactNode, Suspense, useState } from "react";
import { countOf } from "#format/number.ts";
import { useMe } from "#shell/me.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { ListFrame } from "./list-frame.tsx";
import type { ListActs, Wish } from "./list-act.ts";
import type { Written } from "./list-address.ts";
import { type AnyLabels, manyOf } from "./list-labels.ts";
import { ListTable } from "./list-table.tsx";
import { Later } from "#ui/later.tsx";
import type { ListColumn, ListView, Preset } from "./list-view.ts";
import type { WebList } from "./list-query.ts";
import { Pager } from "./pager.tsx";
import { type ListOptions, useList } from "./use-list.ts";
import { type Columns, useColumns } from "./use-columns.ts";
import { usePeek } from "./use-peek.ts";
import { type Selecting, useSelection } from "./use-selection.ts";
import { late } from "#ui/late.ts";

// Loaded when there is something for them to show; a total comes after the rows.
const ExportRefused = late(async () => ({
  default: (await import("./export-refused.tsx")).ExportRefused,
}));
const NoMatch = late(async () => ({ default: (await import("./no-match.tsx")).NoMatch }));
const RowTotal = late(async () => ({ default: (await import("./row-total.tsx")).RowTotal }));
const ListTools = late(async () => ({ default: (await import("./list-tools.tsx")).ListTools }));
const ListActing = late(async () => ({
  default: (await import("./list-acting.tsx")).ListActing,
}));
const PeekPanel = late(async () => ({ default: (await import("./peek-panel.tsx")).PeekPanel }));

type Counts<L extends WebList> = { [Name in keyof L["filters"]]?: Record<string, number> };

export interface ListProps<L extends WebList> extends Omit<
  ListOptions<L>,
  "rowKey" | "moves" | "order"
> {
  view: ListView<L>;
  moves?: boolean;
  /** Rows by word of a filter, told on its chips. */
  counts?: Counts<L>;
  /** In the place of rows, when nothing narrows the list and it has none. */
  empty: ReactNode;
  /** What stands above the filters; told whether `empty` is in sight. */
  head?: (isEmpty: boolean) => ReactNode;
  /** Right of the filters, before what every list offers there. */
  tools?: ReactNode;
}

/** Filters, rows and pages of a list, in all the states that they have. */
export function ListSection<L extends WebList>(props: ListProps<L>) {
  const { view, empty, head, fixed = {}, counts = {}, tools } = props;
  const { list, rowKey, peek } = view;
  const labels = view.labels as unknown as AnyLabels;
  const { input, written, query, held, filter, clear, sort, turn } = useList(list, {
    ...props,
    rowKey,
    order: view.order,
    moves: props.moves ?? view.moves ?? true,
  });
  const columns = useColumns(view.name ?? list.name, view.columns);
  const isRefused = useSearchParams().has("refused");
  const { shown, show, close } = usePeek();
  const peeked = peek === undefined ? null : shown;
  const acts = useActs(view.acts);
  const selecting = useSelection(
    JSON.stringify({ ...input, cursor: undefined, order: undefined }),
    held.rows.map(rowKey),
  );
  const [wish, setWish] = useState<Wish | null>(null);
  // From then on it is there: what it asks outlives what it was asked for.
  const [isActing, setActing] = useState(false);
  if (!isActing && (wish !== null || !selecting.isEmpty)) setActing(true);
  const { data } = query;
  const names = Object.keys(list.filters).filter((name) => !(name in fixed));
  const narrowing = names.filter((name) => written[name]![0]);
  const isFiltered = narrowing.length > 0;
  const isPartOfList = Object.keys(fixed).length > 0;
  const isWhole = !isFiltered && input.cursor === undefined;
  const change = (filters: Record<string, readonly string[]>): void =>
    filter(filters as Written<L>);
  // A page that holds the whole list says itself how many they are.
  const isPart = data !== undefined && (data.nextCursor ?? data.previousCursor) !== null;
  return (
    <>
      {head?.(isWhole && data?.items.length === 0)}
      <div className="mb-3 flex flex-wrap gap-2">
        <FilterBar
          list={list}
          labels={labels}
          names={names}
          written={written}
          input={input}
          counts={counts}
          onChange={change}
        />
        <Later place={<ToolPlace isPart={isPartOfList} />}>
          <ListTools
            list={list}
            name={view.name ?? list.name}
            isPart={isPartOfList}
            labels={labels}
            input={input}
            all={view.columns as ListColumn<never>[]}
            columns={columns as Columns<never>}
            presets={(view.presets ?? []) as Preset<never>[]}
            tools={tools}
          />
        </Later>
      </div>
      {isRefused ? (
        <Suspense>
          <ExportRefused />
        </Suspense>
      ) : null}
      {data?.restarted && (
        <p role="status" className="mb-2 text-sm text-muted">
          This address names a page that is gone; here is the first.
        </p>
      )}
      <div
        className={
          peeked === null
            ? undefined
            : "lg:grid lg:grid-cols-[minmax(0,1fr)_25rem] lg:items-start lg:gap-4"
        }
      >
        <div className="min-w-0">
          <ListFrame
            query={query}
            count={held.rows.length}
            arrived={held.arrived}
            onAccept={held.accept}
            pager={
              data && (
                <Pager
                  page={data}
                  onTurn={turn}
                  isNewest={(input.order ?? Object.keys(list.orders)[0]) === "newest"}
                >
                  {isPart ? (
                    // How many may be known from elsewhere by then: no server can have drawn that.
                    <Later place={<span />}>
                      <RowTotal list={list} labels={labels} input={input} />
                    </Later>
                  ) : (
                    <Whole count={held.rows.length} labels={labels} />
                  )}
                </Pager>
              )
            }
            empty={
              isWhole ? (
                empty
              ) : (
                <Suspense>
                  <NoMatch
                    labels={labels}
                    narrowing={narrowing}
                    onDrop={(name) => change({ [name]: [] })}
                    onClear={clear}
                  />
                </Suspense>
              )
            }
          >
            <ListTable
              label={view.title}
              columns={shownBeside(columns.shown, peeked !== null)}
              rows={held.rows}
              rowKey={rowKey}
              order={input.order ?? Object.keys(list.orders)[0]!}
              onSort={sort}
              peek={peek && { shown: peeked, of: peek.of, show }}
              selecting={acts && selecting}
              onWish={setWish}
            />
          </ListFrame>
          {acts === undefined ? null : (
            <>
              <p aria-live="polite" className="sr-only">
                {selectedWords(selecting, labels)}
              </p>
              {isActing ? (
                <Suspense>
                  <ListActing
                    acts={acts as ListActs<never>}
                    list={list}
                    labels={labels}
                    input={input}
                    rows={new Map(held.rows.map((row) => [rowKey(row), row as never]))}
                    selecting={selecting}
                    wish={wish}
                    onDone={() => setWish(null)}
                  />
                </Suspense>
              ) : null}
            </>
          )}
        </div>
        {peek === undefined || peeked === null ? null : (
          <Suspense fallback={<div />}>
            <PeekPanel
              id={peeked}
              label={`One of ${manyOf(labels)}`}
              View={peek.View}
              onClose={close}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}

/** As wide as what will stand there. */
const ToolPlace = ({ isPart }: { isPart: boolean }) => (
  <div
    className={`ml-auto h-8 pointer-coarse:h-11 ${isPart ? "w-10 xl:w-26 max-lg:hidden" : "w-54 xl:w-82"}`}
  />
);

/** What the reader may do any of. */
function useActs<Row>(acts: ListActs<Row> | undefined): ListActs<Row> | undefined {
  const { permissions } = useMe();
  return acts?.may.some((permission) => permissions.includes(permission)) ? acts : undefined;
}

const selectedWords = ({ selection, isEmpty }: Selecting, labels: AnyLabels): string =>
  isEmpty
    ? ""
    : "ids" in selection
      ? `${countOf(selection.ids.length, labels.one, manyOf(labels))} selected`
      : `All ${manyOf(labels)} that match are selected`;

function Whole({ count, labels }: { count: number; labels: AnyLabels }) {
  return count === 0 ? null : (
    <p className="text-sm text-muted">{countOf(count, labels.one, manyOf(labels))}</p>
  );
}

/** Beside a detail there is room for the most telling ones. */
const shownBeside = <Row,>(columns: ListColumn<Row>[], isBeside: boolean): ListColumn<Row>[] =>
  isBeside ? columns.filter(({ narrow }) => narrow !== "hidden" && narrow !== "meta") : columns;
