import type { JobAttempt } from "@scrapersky/api/contract";
import { type Look, Looking } from "#ui/status.tsx";

const OUTCOMES: Record<JobAttempt["outcome"], Look> = {
  running: { tone: "running", word: "Running" },
  done: { tone: "complete", word: "Done" },
  failed: { tone: "failed", word: "Failed" },
  retry: { tone: "partial", word: "Failed, tried again" },
  cancelled: { tone: "cancelled", word: "Cancelled" },
  lost: { tone: "cancelled", word: "Worker lost" },
};

/** How one attempt of a job ended. */
export function Outcome({ outcome }: { outcome: JobAttempt["outcome"] }) {
  return <Looking look={OUTCOMES[outcome]} />;
}
