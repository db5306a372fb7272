import type { BulkAction, BulkStatus } from "@scrapersky/api/contract";
import type { BulkActionName } from "@scrapersky/api/lists";
import { countOf } from "#format/number.ts";
import { readableWord } from "#format/name.ts";
import type { Look } from "#ui/status.tsx";

/** What was done, as a title. */
export const BULK_WORDS: Record<BulkActionName, string> = {
  "jobs.retry": "Run jobs again",
  "jobs.cancel": "Cancel jobs",
  "batches.retryFailed": "Run failed domains again",
  "batches.pause": "Pause batches",
  "batches.resume": "Resume batches",
  "batches.cancel": "Cancel batches",
  "batches.delete": "Delete batches",
  "leads.rescan": "Scan leads again",
  "leads.update": "Change leads",
  "leads.suppress": "Suppress",
};

export const BULK_LOOKS: Record<BulkStatus, Look> = {
  pending: { tone: "waiting", word: "Waiting" },
  running: { tone: "running", word: "Running" },
  undoing: { tone: "running", word: "Being undone" },
  complete: { tone: "complete", word: "Complete" },
  cancelled: { tone: "cancelled", word: "Cancelled" },
  stopped: { tone: "failed", word: "Stopped" },
  undone: { tone: "cancelled", word: "Undone" },
};

export const isBulkOpen = ({ status }: Pick<BulkAction, "status">): boolean =>
  status === "pending" || status === "running" || status === "undoing";

const shown = (value: unknown): string =>
  value === null
    ? "none"
    : typeof value === "boolean"
      ? value
        ? "yes"
        : "no"
      : Array.isArray(value)
        ? value.join(", ")
        : String(value);

/** "Do not contact: yes · Label: Bern". */
export const settingsInWords = (settings: Record<string, unknown>): string =>
  Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${readableWord(spaced(name))}: ${shown(value)}`)
    .join(" · ");

const spaced = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Which rows were meant: "12 chosen", or the filter that they passed. */
export const targetInWords = ({ target, list }: Pick<BulkAction, "target" | "list">): string => {
  if ("ids" in target) return `${countOf(target.ids, "row")} of ${list}, by hand`;
  const words = settingsInWords({
    ...target.filter,
    ...(target.q === null ? {} : { search: target.q }),
  });
  return words === "" ? `All ${list}` : `All ${list} that match: ${words}`;
};
