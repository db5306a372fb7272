"use client";

import type { Page } from "@scrapersky/api/lists";
import type { ReactNode } from "react";
import { Button } from "#ui/button.tsx";

/** The pages beside this one, with how many rows there are between; no buttons when one page holds the whole list. */
export function Pager({
  page: { previousCursor, nextCursor },
  onTurn,
  isNewest,
  children,
}: {
  page: Pick<Page<unknown>, "previousCursor" | "nextCursor">;
  onTurn: (cursor: string) => void;
  /** Whether the newest rows come first. */
  isNewest: boolean;
  children?: ReactNode;
}) {
  const isOne = previousCursor === null && nextCursor === null;
  const button = (cursor: string | null, words: string) => (
    <Button disabled={cursor === null} onClick={() => cursor !== null && onTurn(cursor)}>
      {words}
    </Button>
  );
  return (
    <nav
      aria-label="Pages of the list"
      className="mt-3 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2"
    >
      {isOne ? null : button(previousCursor, isNewest ? "← Newer" : "← Previous")}
      <div className="max-sm:order-last max-sm:basis-full max-sm:text-center">{children}</div>
      {isOne ? null : button(nextCursor, isNewest ? "Older →" : "Next →")}
    </nav>
  );
}
