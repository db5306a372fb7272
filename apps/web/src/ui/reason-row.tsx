import type { ReactNode } from "react";
import { formatCount } from "#format/number.ts";
import { type Tone, ToneIcon } from "./status.tsx";

/** A reason with how many it is of, and what can be done about it, in one row. */
export function ReasonRow({
  count,
  width,
  message,
  aside,
  tone = "failed",
  children,
}: {
  count: number;
  /** Characters that the largest count of the list takes. */
  width: number;
  message: string;
  /** Where it is seen; left out where there is no room. */
  aside?: ReactNode;
  tone?: Tone;
  /** What can be done. */
  children: ReactNode;
}) {
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 px-4 text-sm max-sm:py-1.5">
      <span
        className="flex shrink-0 items-center gap-2 font-medium tabular-nums"
        style={{ width: `calc(${width}ch + 1.5rem)` }}
      >
        <ToneIcon tone={tone} still />
        {formatCount(count)}
      </span>
      <span className="min-w-0 flex-1 lg:flex lg:items-baseline lg:gap-3">
        <span className="shrink-0">{message}</span>
        {aside === undefined ? null : (
          <span className="figures min-w-0 truncate text-muted max-lg:hidden">{aside}</span>
        )}
      </span>
      <span className="flex shrink-0 items-center gap-1 max-sm:w-full max-sm:justify-end">
        {children}
      </span>
    </li>
  );
}

/** The width of counts that stand below each other. */
export const widthOf = (rows: readonly { count: number }[]): number =>
  Math.max(...rows.map(({ count }) => formatCount(count).length));
