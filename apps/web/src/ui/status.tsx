import type { BatchStatus, JobStatus } from "@scrapersky/api/contract";
import { clsx } from "clsx";

export type AnyStatus = BatchStatus | JobStatus;
export type Tone = "waiting" | "running" | "complete" | "partial" | "failed" | "cancelled";

export interface Look {
  tone: Tone;
  word: string;
}

export const LOOKS: Record<AnyStatus, Look> = {
  pending: { tone: "waiting", word: "Waiting" },
  running: { tone: "running", word: "Running" },
  complete: { tone: "complete", word: "Complete" },
  partial: { tone: "partial", word: "Partial" },
  failed: { tone: "failed", word: "Failed" },
  cancelled: { tone: "cancelled", word: "Cancelled" },
};

export const statusWord = (status: AnyStatus): string => LOOKS[status].word;

export const TONE_TEXT: Record<Tone, string> = {
  waiting: "text-waiting",
  running: "text-running",
  complete: "text-complete",
  partial: "text-partial",
  failed: "text-failed",
  cancelled: "text-cancelled",
};

export const TONE_FILL: Record<Tone, string> = {
  waiting: "bg-waiting-fill",
  running: "bg-running-fill",
  complete: "bg-complete-fill",
  partial: "bg-partial-fill",
  failed: "bg-failed-fill",
  cancelled: "bg-cancelled-fill",
};

const CIRCLE = { cx: 7, cy: 7, r: 5.75, fill: "none", stroke: "currentColor", strokeWidth: 1.5 };
const DISC = { cx: 7, cy: 7, r: 6.5, fill: "currentColor" };
const CUT = {
  fill: "none",
  stroke: "var(--surface)",
  strokeWidth: 1.6,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

const SHAPES: Record<Tone, React.ReactNode> = {
  waiting: <circle {...CIRCLE} strokeDasharray="2.2 2.3" />,
  running: (
    <>
      <circle {...CIRCLE} opacity={0.3} />
      <path
        className="group-data-[still]/icon:animate-none turning"
        d="M7 1.25A5.75 5.75 0 0 1 12.75 7"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.8}
        strokeLinecap="round"
      />
    </>
  ),
  complete: (
    <>
      <circle {...DISC} />
      <path {...CUT} d="m4.3 7.2 1.9 1.9 3.6-4" />
    </>
  ),
  partial: (
    <>
      <circle {...CIRCLE} />
      <path d="M7 3.4a3.6 3.6 0 0 1 0 7.2Z" fill="currentColor" />
    </>
  ),
  failed: (
    <>
      <circle {...DISC} />
      <path {...CUT} d="m4.9 4.9 4.2 4.2m0-4.2L4.9 9.1" />
    </>
  ),
  cancelled: (
    <>
      <circle {...CIRCLE} />
      <path d="m3.2 10.8 7.6-7.6" stroke="currentColor" strokeWidth={1.5} />
    </>
  ),
};

/** The shape of a status. `still` where it names a kind and nothing is going on. */
export function ToneIcon({
  tone,
  still = false,
  className,
}: {
  tone: Tone;
  still?: boolean | undefined;
  className?: string | undefined;
}) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 14 14"
      data-still={still ? "" : undefined}
      className={clsx("group/icon size-3.5 shrink-0", TONE_TEXT[tone], className)}
    >
      {SHAPES[tone]}
    </svg>
  );
}

/** Icon, word and colour together: a status is never colour alone. `still` as of `ToneIcon`. */
export function Looking({
  look: { tone, word },
  still,
  className,
}: {
  look: Look;
  still?: boolean | undefined;
  className?: string | undefined;
}) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1.5 align-top whitespace-nowrap",
        TONE_TEXT[tone],
        className,
      )}
    >
      <ToneIcon tone={tone} still={still} />
      {word}
    </span>
  );
}

/** How a job or a batch stands. */
export function Status({ status, className }: { status: AnyStatus; className?: string }) {
  return <Looking look={LOOKS[status]} className={className} />;
}
