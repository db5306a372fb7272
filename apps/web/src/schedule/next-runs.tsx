import { clsx } from "clsx";
import { formatLocal } from "./schedule-words.ts";

/** Moments in the time zone of their schedule, one a line. */
export function NextRuns({
  runs,
  timeZone,
  className,
}: {
  runs: string[];
  timeZone: string;
  className?: string;
}) {
  return (
    <ol className={clsx("space-y-0.5 tabular-nums text-muted", className)}>
      {runs.map((at) => (
        <li key={at}>
          <time dateTime={at}>{formatLocal(at, timeZone)}</time>
        </li>
      ))}
    </ol>
  );
}
