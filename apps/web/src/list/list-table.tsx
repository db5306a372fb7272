"use client";

import { clsx } from "clsx";
import { useEffect } from "react";
import { useHotkey } from "#shell/hotkey.ts";
import { moveRow } from "#shell/move-row.ts";
import { Glyph } from "#ui/glyph.tsx";
import { Table } from "#ui/table.tsx";
import { hasComeBack, recall, rememberAddress, remember } from "./list-memory.ts";
import type { Wish } from "./list-act.ts";
import type { ListColumn } from "./list-view.ts";
import { SelectBox } from "./select-box.tsx";
import type { Selecting } from "./use-selection.ts";

const FOCUS = "focus";

const rowInFocus = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>("tr[data-key]")?.dataset["key"];

/** The rows of a list, with heads that sort, boxes to select by, and keys to walk, select and look. */
export function ListTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  order,
  onSort,
  peek,
  selecting,
  onWish,
}: {
  label: string;
  columns: ListColumn<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** The order that the rows are in. */
  order: string;
  onSort: (order: string) => void;
  peek?:
    | { shown: string | null; of: (row: Row) => string; show: (id: string) => boolean }
    | undefined;
  /** Left out where nothing can be done with its rows. */
  selecting: Selecting | undefined;
  onWish: (wish: Wish) => void;
}) {
  const byKey = (key: string | undefined) => rows.find((row) => rowKey(row) === key);
  const walk = (step: 1 | -1) => (): void => {
    moveRow(step);
    const row = byKey(rowInFocus());
    if (peek && row) peek.show(peek.of(row));
  };
  useHotkey("nextRow", walk(1));
  useHotkey("rowBefore", walk(-1));
  useHotkey(
    "peek",
    peek &&
      (() => {
        const row = byKey(rowInFocus());
        if (row) peek.show(peek.of(row));
      }),
  );
  useSelectionKeys(selecting, onWish);
  useEffect(() => {
    rememberAddress();
  });
  useEffect(() => {
    const key = hasComeBack() ? recall<string>(FOCUS, "") : undefined;
    if (key === undefined) return;
    document
      .querySelector<HTMLElement>(`tr[data-key="${CSS.escape(key)}"] [data-row]`)
      ?.focus({ preventScroll: true });
  }, []);
  return (
    <Table
      label={label}
      columns={columns}
      rows={rows}
      rowKey={rowKey}
      extras={{
        head: (column) => {
          const { order: own } = column as ListColumn<Row>;
          if (own === undefined) return undefined;
          return {
            sorted: own === order,
            content: (
              <SortButton
                words={column.header}
                sorted={own === order}
                alignRight={column.align === "right"}
                onPress={() => onSort(own)}
              />
            ),
          };
        },
        before: selecting && {
          head: (
            <SelectBox
              label="Select the rows of this page"
              state={selecting.page}
              onPress={selecting.togglePage}
            />
          ),
          cell: (row) => (
            <SelectBox
              label="Select the row"
              state={selecting.isSelected(rowKey(row)) ? "all" : "none"}
              onPress={(through) => selecting.toggle(rowKey(row), through)}
            />
          ),
        },
        after: selecting && ((row) => <MenuButton onPress={() => onWish({ menu: rowKey(row) })} />),
        isSelected: (row) => selecting?.isSelected(rowKey(row)) ?? false,
        isShown: (row) => peek !== undefined && peek.shown === peek.of(row),
        // A press with another key held, or from the keyboard, leads where the link leads.
        onPress: (row, event) => {
          remember(FOCUS, "", rowKey(row));
          const { detail, metaKey, ctrlKey, shiftKey } = event;
          if (peek === undefined || detail === 0 || metaKey || ctrlKey || shiftKey) return;
          if (peek.show(peek.of(row))) event.preventDefault();
        },
        onFocus: (row) => remember(FOCUS, "", rowKey(row)),
      }}
    />
  );
}

/** Keys that choose rows and have something done with them. */
function useSelectionKeys(selecting: Selecting | undefined, onWish: (wish: Wish) => void): void {
  const onRow = (act: (key: string, event: Pick<KeyboardEvent, "shiftKey">) => void) =>
    selecting &&
    ((event: Pick<KeyboardEvent, "shiftKey">) => {
      const key = rowInFocus();
      if (key !== undefined) act(key, event);
    });
  useHotkey(
    "select",
    onRow((key, { shiftKey }) => selecting!.toggle(key, shiftKey)),
  );
  useHotkey(
    "menu",
    onRow((key) => onWish({ menu: key })),
  );
  useHotkey(
    "again",
    selecting &&
      (() => {
        const row = rowInFocus();
        return row === undefined && selecting.isEmpty ? false : onWish({ act: "again", row });
      }),
  );
}

/** Seen when its row is; on a screen that is touched, always. */
function MenuButton({ onPress }: { onPress: () => void }) {
  return (
    <button
      type="button"
      data-menu
      aria-haspopup="menu"
      aria-label="What can be done with the row"
      onClick={onPress}
      className="relative z-1 inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-press hover:text-text pointer-coarse:size-11 lg:opacity-0 lg:group-hover/row:opacity-100 lg:group-focus-within/row:opacity-100 lg:focus-visible:opacity-100"
    >
      <span aria-hidden className="font-semibold">
        ···
      </span>
    </button>
  );
}

function SortButton({
  words,
  sorted,
  alignRight,
  onPress,
}: {
  words: string;
  sorted: boolean;
  alignRight: boolean;
  onPress: () => void;
}) {
  return (
    <button
      type="button"
      onClick={onPress}
      className={clsx(
        "-mx-1 inline-flex h-7 items-center gap-1 rounded-sm px-1 hover:text-text",
        alignRight && "flex-row-reverse",
        sorted && "text-text",
      )}
    >
      {words}
      <Glyph of="down" className={clsx("size-3", sorted ? "opacity-100" : "opacity-0")} />
      <span className="sr-only">{sorted ? "(sorted by this)" : "(sort by this)"}</span>
    </button>
  );
}
