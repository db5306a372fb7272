import type { BatchCounts } from "@scrapersky/api/contract";
import { clsx } from "clsx";
import { formatCount } from "#format/number.ts";
import { TONE_FILL, type Tone } from "./status.tsx";

/** The states of a batch's jobs in the order they are shown in. */
export const SEGMENTS: { key: keyof BatchCounts; tone: Tone; word: string }[] = [
  { key: "complete", tone: "complete", word: "complete" },
  { key: "failed", tone: "failed", word: "failed" },
  { key: "cancelled", tone: "cancelled", word: "cancelled" },
  { key: "running", tone: "running", word: "running" },
  { key: "pending", tone: "waiting", word: "waiting" },
];

/** "5 complete, 1 failed, 0 cancelled, 2 running, 2 waiting", without the parts that are zero. */
export const countsInWords = (counts: BatchCounts): string =>
  SEGMENTS.filter(({ key }) => counts[key] > 0)
    .map(({ key, word }) => `${formatCount(counts[key])} ${word}`)
    .join(", ");

/** Jobs of a batch by state as one bar. `size` "row" is for tables, "hero" for the batch's own page. */
export function SegmentedBar({
  counts,
  progress,
  size = "row",
  className,
}: {
  counts: BatchCounts;
  progress: number;
  size?: "row" | "hero";
  className?: string;
}) {
  const shown = SEGMENTS.filter(({ key }) => counts[key] > 0);
  return (
    <div
      role="progressbar"
      aria-label="Progress"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.floor(progress * 10) / 10}
      aria-valuetext={countsInWords(counts) || "nothing yet"}
      className={clsx(
        "flex overflow-hidden bg-surface",
        size === "hero" ? "h-3.5 gap-0.5 rounded-md" : "h-1.5 gap-px rounded-full",
        className,
      )}
    >
      {shown.map(({ key, tone }) => (
        <div
          key={key}
          // A part that exists is never thinner than it can be seen.
          style={{ flexGrow: counts[key], minWidth: size === "hero" ? 4 : 2 }}
          className={clsx(
            "basis-0 transition-[flex-grow] duration-160",
            TONE_FILL[tone],
            key === "running" && "moving",
          )}
        />
      ))}
    </div>
  );
}
