import { clsx } from "clsx";
import { Link } from "./link.tsx";
import type { MouseEvent, ReactNode } from "react";
import { LinkPending } from "./link-pending.tsx";

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Below 900 px: first line left, first line right, second line, a line of its own, or left out. */
  narrow: "title" | "aside" | "meta" | "line" | "hidden";
  align?: "right";
  /** Width on wide screens, such as "w-28"; the column without one takes the rest. */
  width?: string;
  /** Where a wide screen has no room for it, such as "lg:max-xl:hidden". */
  away?: string;
}

const NARROW: Record<Column<unknown>["narrow"], string> = {
  title: "max-lg:order-0 max-lg:min-w-0 max-lg:flex-1",
  aside: "max-lg:order-1 max-lg:shrink-0",
  meta: "max-lg:order-3 max-lg:max-w-full max-lg:text-xs max-lg:text-muted max-lg:empty:hidden max-lg:has-[>[data-wide]:only-child]:hidden",
  line: "max-lg:order-3 max-lg:min-w-0 max-lg:basis-full max-lg:text-xs max-lg:text-muted max-lg:empty:hidden max-lg:has-[>[data-wide]:only-child]:hidden",
  hidden: "max-lg:hidden",
};

const HEAD =
  "sticky top-12 z-10 h-8 bg-surface px-2 text-left text-xs font-medium text-muted shadow-[inset_0_-1px_var(--line)] first:pl-4 last:pr-4 pointer-coarse:top-14";

/** What a list adds to the table of its rows. */
export interface TableExtras<Row> {
  /** Before the first column: a box to select by. */
  before?: { head: ReactNode; cell: (row: Row) => ReactNode } | undefined;
  /** Behind the last: what can be done with the row. */
  after?: ((row: Row) => ReactNode) | undefined;
  /** The head of a column instead of its words, and whether the rows are in its order. */
  head?: (column: Column<Row>) => { content: ReactNode; sorted: boolean } | undefined;
  isSelected?: (row: Row) => boolean;
  /** It is shown beside the list. */
  isShown?: (row: Row) => boolean;
  /** A press on the row's link, before it leads anywhere. */
  onPress?: (row: Row, event: MouseEvent) => void;
  onFocus?: (row: Row) => void;
}

/** Words right of numbers keep a distance, or the two read as one. */
const isAfterNumbers = (columns: Pick<Column<unknown>, "align">[], at: number): boolean =>
  columns[at]?.align === undefined && columns[at - 1]?.align === "right";

/**
 * Rows as a table on wide screens and as a two-line list below 900 px, from one set of elements. The roles are written
 * out because `display` other than table takes them away.
 */
export function Table<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowClass,
  extras,
}: {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowClass?: (row: Row) => string | undefined;
  extras?: TableExtras<Row>;
}) {
  const { before, after, head, isSelected, isShown, onPress, onFocus } = extras ?? {};
  return (
    <table role="table" aria-label={label} className="w-full table-fixed text-sm max-lg:block">
      <thead role="rowgroup" className="max-lg:sr-only">
        <tr role="row">
          {before === undefined ? null : (
            <th role="columnheader" scope="col" className={clsx(HEAD, "w-10")}>
              {before.head}
            </th>
          )}
          {columns.map((column, at) => {
            const { key, header, align, width, away } = column;
            const own = head?.(column);
            return (
              <th
                key={key}
                role="columnheader"
                scope="col"
                aria-sort={own === undefined ? undefined : own.sorted ? "other" : "none"}
                className={clsx(
                  HEAD,
                  align === "right" && "text-right",
                  isAfterNumbers(columns, at) && "pl-6",
                  width,
                  away,
                )}
              >
                {own?.content ?? header}
              </th>
            );
          })}
          {after === undefined ? null : (
            <th role="columnheader" scope="col" className={clsx(HEAD, "w-12")}>
              <span className="sr-only">Actions</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-lg:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            data-key={extras && rowKey(row)}
            onClickCapture={
              onPress &&
              ((event) =>
                event.target instanceof Element &&
                event.target.closest("[data-row]") !== null &&
                onPress(row, event))
            }
            onFocus={onFocus && ((event) => event.target.matches("[data-row]") && onFocus(row))}
            className={clsx(
              "group/row relative border-b border-line last:border-0 has-[[data-row]:focus-visible]:bg-hover hover:bg-hover",
              "max-lg:flex max-lg:flex-wrap max-lg:items-center max-lg:gap-x-3 max-lg:gap-y-0.5 max-lg:px-4 max-lg:py-2.5",
              "max-lg:after:order-2 max-lg:after:basis-full max-lg:after:content-['']",
              before !== undefined && "max-lg:pl-11",
              (isSelected?.(row) === true || isShown?.(row) === true) && "bg-accent-soft",
              rowClass?.(row),
            )}
          >
            {before === undefined ? null : (
              <td
                role="cell"
                className="pl-4 max-lg:absolute max-lg:top-2.5 max-lg:left-0 max-lg:p-0 lg:h-9"
              >
                {before.cell(row)}
              </td>
            )}
            {columns.map(({ key, cell, align, narrow, away }, at) => (
              <td
                key={key}
                role="cell"
                // What is cut is cut at its end, also where it runs from right to left.
                dir="auto"
                className={clsx(
                  "text-left lg:h-9 lg:truncate lg:px-2 lg:first:pl-4 lg:last:pr-4 lg:has-[>[data-spill]]:overflow-visible",
                  align === "right" && "lg:text-right",
                  isAfterNumbers(columns, at) && "lg:pl-6",
                  NARROW[narrow],
                  away,
                )}
              >
                {cell(row)}
              </td>
            ))}
            {after === undefined ? null : (
              <td role="cell" className="max-lg:order-1 lg:h-9 lg:pr-2 lg:text-right">
                {after(row)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The link that makes its whole row clickable; `j` and `k` walk over these. */
export function RowLink({
  href,
  children,
  className,
}: {
  href: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <Link
      href={href}
      data-row
      // A list of fifty rows would otherwise render fifty pages on the server as they scroll into view.
      prefetch={false}
      className={clsx(
        "stretched block truncate font-medium text-text focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-text",
        className,
      )}
    >
      {children}
      <LinkPending className="absolute top-1/2 right-1 -translate-y-1/2" />
    </Link>
  );
}

/** The box around a table, list or group of facts. */
export function Panel({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div className={clsx("overflow-clip rounded-lg border border-line bg-surface", className)}>
      {children}
    </div>
  );
}
