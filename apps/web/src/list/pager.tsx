"use client";

import { Button } from "#ui/button.tsx";
import type { ListAddress } from "./use-list-address.ts";

/** Newer and older pages of a list; nothing when one page holds it all. */
export function Pager({
  address,
  nextCursor,
  words = { newer: "Newer", older: "Older" },
}: {
  address: Pick<ListAddress, "turn" | "previous">;
  nextCursor: string | null;
  words?: { newer: string; older: string };
}) {
  const { previous, turn } = address;
  if (previous === undefined && nextCursor === null) return null;
  return (
    <nav aria-label="Pages of the list" className="mt-3 flex justify-between">
      <Button disabled={previous === undefined} onClick={() => turn(previous ?? null)}>
        ← {words.newer}
      </Button>
      <Button
        disabled={nextCursor === null}
        onClick={() => nextCursor !== null && turn(nextCursor)}
      >
        {words.older} →
      </Button>
    </nav>
  );
}
