"use client";

import { clsx } from "clsx";
import { useLinkStatus } from "next/link";

/** Turns inside a link whose page is on its way; nothing is drawn for the first 150 ms. */
export function LinkPending({ className }: { className?: string }) {
  const { pending } = useLinkStatus();
  return pending ? (
    <span aria-hidden className={clsx("late", className)}>
      <span className="turning block size-3 rounded-full border-2 border-line-strong border-t-accent-text" />
    </span>
  ) : null;
}
