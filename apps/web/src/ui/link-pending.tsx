"use client";

import { clsx } from "clsx";
import { useIsPending } from "./link.tsx";

/** Turns inside a link whose page is on its way; nothing is drawn for the first 150 ms. */
export function LinkPending({ className }: { className?: string }) {
  const isPending = useIsPending();
  return isPending ? (
    <span aria-hidden className={clsx("late", className)}>
      <span className="turning block size-3 rounded-full border-2 border-line-strong border-t-accent-text" />
    </span>
  ) : null;
}
