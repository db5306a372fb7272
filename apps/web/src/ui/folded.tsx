"use client";

import { useState, type ReactNode } from "react";
import { formatCount } from "#format/number.ts";

/** The first few of a list, and the others when they are asked for. */
export function Folded<Row>({
  rows,
  first,
  noun,
  children,
}: {
  rows: readonly Row[];
  /** How many are in sight from the beginning. */
  first: number;
  /** What one is, as in "3 more reasons". */
  noun: string;
  children: (row: Row) => ReactNode;
}) {
  const [all, setAll] = useState(false);
  const more = rows.length - first;
  const others = `${formatCount(more)}${first > 0 ? " more" : ""} ${more === 1 ? noun : `${noun}s`}`;
  return (
    <>
      <ul className="divide-y divide-line">{(all ? rows : rows.slice(0, first)).map(children)}</ul>
      {more > 0 ? (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="flex h-9 w-full items-center border-t border-line px-4 text-left text-sm text-muted hover:bg-hover hover:text-text pointer-coarse:h-11"
        >
          {!all
            ? `Show ${others}`
            : first > 0
              ? `Show the first ${formatCount(first)} only`
              : `Hide ${others}`}
        </button>
      ) : null}
    </>
  );
}
