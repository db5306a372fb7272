import type { BulkAction } from "@scrapersky/api/contract";
import { formatCount } from "#format/number.ts";
import { SegmentedBar } from "#ui/segmented-bar.tsx";
import { Panel } from "#ui/table.tsx";

const sentenceOf = ({ status, error, done }: BulkAction): string => {
  switch (status) {
    case "pending":
      return "Waiting for a worker to begin.";
    case "running":
      return "It goes on by itself; this page can be left.";
    case "undoing":
      return "What was there before is being brought back.";
    case "undone":
      return "What was there before is back; what somebody changed since stayed.";
    case "cancelled":
      return "Cancelled; what was done until then stays.";
    case "stopped":
      return error ?? "Stopped; what was done until then stays.";
    case "complete":
      return done === 0 ? "Nothing was left to do." : "Ended; every row was come to.";
  }
};

/** How far it is: the numbers first, then the bar. */
export function BulkHero({ bulk }: { bulk: BulkAction }) {
  const { total, done, skipped, failed, progress } = bulk;
  const left = Math.max(0, total - done - skipped - failed);
  return (
    <Panel className="p-4 sm:p-5">
      <p className="flex flex-wrap gap-x-6 gap-y-0.5 text-[1.625rem] leading-8 font-medium tracking-tight tabular-nums max-sm:gap-x-4 max-sm:text-xl">
        <span>
          {formatCount(done)} of {formatCount(total)} done
        </span>
        {skipped > 0 ? <span>{formatCount(skipped)} skipped</span> : null}
        {failed > 0 ? <span>{formatCount(failed)} failed</span> : null}
      </p>
      <p role="status" className="mt-1 text-base break-words text-muted">
        {sentenceOf(bulk)}
      </p>
      <SegmentedBar
        counts={{ complete: done, failed, cancelled: skipped, running: 0, pending: left }}
        progress={progress}
        size="hero"
        className="mt-3"
      />
    </Panel>
  );
}
