"use client";

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import {
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from "react";
import { formatCount } from "#format/number.ts";
import type { Kind, ListRow } from "#intake/list-shape.ts";
import type { SortedList } from "#intake/use-list.ts";
import { useRows } from "#intake/use-rows.ts";
import { ToneIcon, type Tone } from "#ui/status.tsx";
import { PREVIEW_ID } from "./list-preview.tsx";
import { useFocusKept, useHeldRow } from "./use-row-focus.ts";

const ROW_PX = { valid: 28, fixed: 44, duplicate: 28, recent: 36, invalid: 60 } satisfies Record<
  Kind,
  number
>;
const OVERSCAN = 8;

/** One group of lines below its head. Only the rows in sight are in the document, however many there are. */
export function LineGroup({
  list,
  kind,
  tone,
  title,
  note,
  before,
  after,
  isOpen,
  onTurn,
  scroller,
  aside,
  children,
}: {
  list: SortedList;
  kind: Kind;
  tone: Tone;
  title: string;
  note: string;
  /** Heads above and below, which are stacked at the edges of the panel. */
  before: number;
  after: number;
  isOpen: boolean;
  onTurn: () => void;
  scroller: RefObject<HTMLDivElement | null>;
  aside: ReactNode;
  children: (row: ListRow) => ReactNode;
}) {
  const count = list.summary.counts[kind];
  const id = `lines-${kind}`;
  const head = useRef<HTMLDivElement>(null);
  const byHand = useRef(false);
  /** Brings the lines to below the heads that are stacked above them. */
  const show = (lines: HTMLElement): void => {
    const heads = (head.current?.offsetHeight ?? 0) * (before + 1);
    scroller.current?.scrollTo({ top: lines.offsetTop - heads });
  };
  const press = (): void => {
    const lines = document.getElementById(id);
    // The head of lines below the edge is asked for them, not to fold them.
    if (lines !== null && isBelow(lines, head.current)) show(lines);
    else onTurn();
    byHand.current = true;
  };
  return (
    <>
      <div
        ref={head}
        style={{
          top: `calc(var(--head) * ${before})`,
          bottom: `calc(var(--head) * ${after})`,
        }}
        className="sticky z-2 flex h-(--head) items-center gap-2 border-b border-line bg-surface shadow-[0_-1px_0_var(--line)]"
      >
        <h3 className="contents">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onClick={press}
            className="flex h-full min-w-0 flex-1 items-center gap-2 pr-4 pl-3 text-left text-sm font-medium hover:bg-hover focus-visible:outline-offset-[-2px]"
          >
            <ChevronRight
              aria-hidden
              className={clsx(
                "size-3.5 shrink-0 text-muted transition-transform",
                isOpen && "rotate-90",
              )}
            />
            <ToneIcon tone={tone} still />
            <span className="shrink-0 whitespace-nowrap">
              {title} <span className="text-muted tabular-nums">{formatCount(count)}</span>
            </span>
            <span
              className={clsx(
                "min-w-0 truncate text-xs font-normal text-muted",
                aside !== null && "max-sm:hidden",
              )}
            >
              {note}
            </span>
          </button>
        </h3>
        {aside}
      </div>
      {isOpen ? (
        <Lines
          id={id}
          list={list}
          kind={kind}
          count={count}
          title={title}
          scroller={scroller}
          onShown={(lines) => byHand.current && show(lines)}
        >
          {children}
        </Lines>
      ) : null}
    </>
  );
}

/** Whether lines begin elsewhere than right below their head: it is stacked at the lower edge. */
const isBelow = (lines: HTMLElement, head: HTMLElement | null): boolean =>
  head !== null && lines.getBoundingClientRect().top > head.getBoundingClientRect().bottom + 1;

function Lines({
  id,
  list,
  kind,
  count,
  title,
  scroller,
  onShown,
  children,
}: {
  id: string;
  list: SortedList;
  kind: Kind;
  count: number;
  title: string;
  scroller: RefObject<HTMLDivElement | null>;
  onShown: (lines: HTMLElement) => void;
  children: (row: ListRow) => ReactNode;
}) {
  const box = useRef<HTMLUListElement>(null);
  // Where the lines begin; nothing is drawn before it is known, or rows would be taken for ones above the edge.
  const [top, setTop] = useState<number | null>(null);
  const scrollMargin = top ?? 0;
  const { held, watch } = useHeldRow();
  const virtual = useVirtualizer({
    count: top === null ? 0 : count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX[kind],
    overscan: OVERSCAN,
    scrollMargin,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      // A row that has the focus stays, or its keys would go nowhere.
      const at = held.current;
      return at === null || at >= range.count || drawn.includes(at)
        ? drawn
        : [...drawn, at].toSorted((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const drawn = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1] as const;
  const rows = useRows(list, kind, ...drawn);
  // Groups above may grow or be folded; then the whole of them has another height.
  useLayoutEffect(() => {
    const all = box.current?.parentElement;
    if (all == null) return;
    setTop(box.current?.offsetTop ?? 0);
    const observer = new ResizeObserver(() => setTop(box.current?.offsetTop ?? 0));
    observer.observe(all);
    return () => observer.disconnect();
  }, []);
  const shown = useEffectEvent(onShown);
  const isPlaced = top !== null;
  useLayoutEffect(() => {
    if (isPlaced && box.current !== null) shown(box.current);
  }, [isPlaced]);
  useFocusKept({
    held,
    box,
    version: rows.version,
    drawn,
    count,
    onOutOfSight: (at) => virtual.scrollToIndex(at),
    onGone: () => document.getElementById(PREVIEW_ID)?.focus(),
  });
  return (
    <ul
      ref={box}
      id={id}
      aria-label={title}
      className="relative border-b border-line"
      style={{ height: virtual.getTotalSize() }}
      {...watch}
    >
      {items.map(({ index, start }) => {
        const row = rows(index);
        return (
          <li
            key={row?.key ?? index}
            ref={row === undefined ? undefined : virtual.measureElement}
            data-index={index}
            aria-posinset={index + 1}
            aria-setsize={count}
            className="absolute inset-x-0 top-0 px-4"
            style={{
              transform: `translateY(${start - scrollMargin}px)`,
              minHeight: row === undefined ? ROW_PX[kind] : undefined,
            }}
          >
            {row === undefined ? null : children(row)}
          </li>
        );
      })}
    </ul>
  );
}
