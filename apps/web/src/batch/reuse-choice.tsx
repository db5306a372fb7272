"use client";

import { clsx } from "clsx";
import type { Reuse } from "#intake/list-shape.ts";

const CHOICES = [
  { all: false, words: "Scan again" },
  { all: true, words: "Use what we have" },
];

/** What happens to all domains that were scanned lately; each can still be chosen by itself. */
export function ReuseChoice({
  reuse,
  count,
  onReuse,
}: {
  reuse: Reuse;
  count: number;
  onReuse: (change: (before: Reuse) => Reuse) => void;
}) {
  return (
    <span
      role="group"
      aria-label={`All ${count} scanned lately`}
      className="inline-flex shrink-0 overflow-hidden rounded-md border border-line"
    >
      {CHOICES.map(({ all, words }) => {
        const pressed = reuse.all === all && reuse.but.length === 0;
        return (
          <button
            key={words}
            type="button"
            aria-pressed={pressed}
            onClick={() => onReuse(() => ({ all, but: [] }))}
            className={clsx(
              "h-6 px-2 text-xs whitespace-nowrap focus-visible:outline-offset-[-2px] pointer-coarse:h-9",
              pressed ? "bg-accent-soft text-text" : "text-muted hover:bg-hover hover:text-text",
            )}
          >
            {words}
          </button>
        );
      })}
    </span>
  );
}
