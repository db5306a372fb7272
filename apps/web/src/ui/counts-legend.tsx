import type { BatchCounts } from "@scrapersky/api/contract";
import { clsx } from "clsx";
import { formatCount } from "#format/number.ts";
import { SEGMENTS } from "./segmented-bar.tsx";
import { ToneIcon } from "./status.tsx";

/** The numbers of a segmented bar in words, zeros included, so that their places stay. */
export function CountsLegend({ counts }: { counts: BatchCounts }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {SEGMENTS.map(({ key, tone, word }) => (
        <li
          key={key}
          className={clsx("inline-flex items-center gap-1.5", counts[key] === 0 && "text-muted")}
        >
          <ToneIcon
            tone={tone}
            still={counts[key] === 0}
            className={counts[key] === 0 ? "opacity-60" : undefined}
          />
          <span className="tabular-nums">
            <strong className="font-medium">{formatCount(counts[key])}</strong> {word}
          </span>
        </li>
      ))}
    </ul>
  );
}
