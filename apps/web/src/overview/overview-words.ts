import type { OverviewHealth } from "@scrapersky/api/contract";
import { countOf, formatCount } from "#format/number.ts";
import { formatWholeSeconds } from "#format/time.ts";

/** How this week's number stands beside last week's. */
export const besideLastWeek = (now: number, before: number): string => {
  if (now === before) return now === 0 ? "none last week either" : "as many as last week";
  return `${formatCount(Math.abs(now - before))} ${now > before ? "more" : "fewer"} than last week`;
};

/** Whether work gets done, in one sentence. */
export const healthWords = ({
  state,
  running,
  waiting,
  lastEndedAt,
  asOf,
}: OverviewHealth): string => {
  if (state === "idle") return "All is well: nothing waits.";
  if (state === "working") {
    return waiting === 0
      ? `${countOf(running, "site")} being read.`
      : `${countOf(running, "site")} being read, ${formatCount(waiting)} waiting.`;
  }
  const since =
    lastEndedAt === null
      ? "Nothing has been read yet"
      : `Nothing has ended for ${formatWholeSeconds((Date.parse(asOf) - Date.parse(lastEndedAt)) / 1000)}`;
  return `${since}, although ${countOf(running + waiting, "site")} ${running + waiting === 1 ? "is" : "are"} left: no worker seems to run. Tell your administrator.`;
};
