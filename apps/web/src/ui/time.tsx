"use client";

import { formatAgo, formatExact, formatSeconds, formatWholeSeconds } from "#format/time.ts";
import { useZone } from "#shell/zone-context.tsx";
import { useNow } from "./use-now.ts";

/** How long ago, with the exact time on hover unless it is `bare`. */
export function Ago({
  at,
  bare = false,
  className,
}: {
  at: string;
  bare?: boolean;
  className?: string;
}) {
  const now = useNow();
  const { zone } = useZone();
  return (
    // The server's second and the browser's may differ by one: not a mismatch worth a re-render.
    <time
      dateTime={at}
      data-hint={bare ? undefined : formatExact(at, zone.name)}
      className={className}
      suppressHydrationWarning
    >
      {formatAgo(at, now, zone.name)}
    </time>
  );
}

/** A time to the second. */
export function Exact({ at, className }: { at: string; className?: string }) {
  const { zone } = useZone();
  return (
    <time dateTime={at} className={className}>
      {formatExact(at, zone.name)}
    </time>
  );
}

/** Time since a start, moving while it runs. */
export function Elapsed({ since, until }: { since: string; until: string | null }) {
  return until === null ? (
    <Running since={since} />
  ) : (
    <span className="tabular-nums">
      {formatSeconds(Math.max(0, (Date.parse(until) - Date.parse(since)) / 1000))}
    </span>
  );
}

function Running({ since }: { since: string }) {
  const now = useNow();
  return (
    <span className="tabular-nums" suppressHydrationWarning>
      {formatWholeSeconds((now - Date.parse(since)) / 1000)}
    </span>
  );
}
