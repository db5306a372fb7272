"use client";

import { clsx } from "clsx";
import type { Reuse } from "#intake/list-shape.ts";

const CHOICES = [
  { all: false, words: "Scan again", short: "Again" },
  { all: true, words: "Use what we have", short: "Use ours" },
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
      className="mr-4 inline-flex shrink-0 overflow-hidden rounded-md border border-line"
    >
      {CHOICES.map(({ all, words, short }) => {
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
            <span className="sm:hidden">{short}</span>
            <span className="max-sm:hidden">{words}</span>
          </button>
        );
      })}
    </span>
  );
}
