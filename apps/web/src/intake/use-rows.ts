"use client";

import { useEffect, useState } from "react";
import type { Kind, ListRow } from "./list-shape.ts";
import type { SortedList } from "./use-list.ts";

/** Rows are asked for with these many more before and after, so that scrolling finds them there. */
const AROUND = 60;

/** The rows of a group between two places, and around them; those of an older answer stay until newer ones come. */
export const useRows = (
  { keeper, version }: SortedList,
  kind: Kind,
  first: number,
  last: number,
): ((at: number) => ListRow | undefined) & { version: number } => {
  const [held, setHeld] = useState<{ version: number; from: number; rows: ListRow[] }>({
    version: -1,
    from: 0,
    rows: [],
  });
  const isHeld =
    held.version === version &&
    first >= held.from &&
    last < held.from + Math.max(held.rows.length, 1);
  useEffect(() => {
    if (isHeld || last < first) return;
    let isCurrent = true;
    const from = Math.max(0, first - AROUND);
    void keeper()
      .then((open) => open.rows(kind, from, last + AROUND))
      .then((rows) => {
        if (isCurrent) setHeld({ version, from, rows });
      })
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [keeper, kind, version, first, last, isHeld]);
  return Object.assign((at: number) => held.rows[at - held.from], { version: held.version });
};
