"use client";

import type { Page } from "@scrapersky/api/lists";
import { Button } from "#ui/button.tsx";

/** The pages beside this one; nothing when one page holds the whole list. */
export function Pager({
  page: { previousCursor, nextCursor },
  onTurn,
  isNewest,
}: {
  page: Pick<Page<unknown>, "previousCursor" | "nextCursor">;
  onTurn: (cursor: string) => void;
  /** Whether the newest rows come first. */
  isNewest: boolean;
}) {
  if (previousCursor === null && nextCursor === null) return null;
  const button = (cursor: string | null, words: string) => (
    <Button disabled={cursor === null} onClick={() => cursor !== null && onTurn(cursor)}>
      {words}
    </Button>
  );
  return (
    <nav aria-label="Pages of the list" className="mt-3 flex justify-between">
      {button(previousCursor, isNewest ? "← Newer" : "← Previous")}
      {button(nextCursor, isNewest ? "Older →" : "Next →")}
    </nav>
  );
}
