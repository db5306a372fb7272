import type { BulkAction } from "@scrapersky/api/contract";
import { countOf, formatCount } from "#format/number.ts";
import type { ListAct } from "./list-act.ts";
import { manyOf } from "./list-labels.ts";

type Noun = { one: string; many?: string };

const small = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
const endless = (text: string): string => text.replace(/\.$/, "");

/** How a bulk action stands, in one line: "12 jobs run again, 3 skipped (it waits or runs already)." */
export const toldOf = (
  { status, total, done, skipped, failed, reasons }: BulkAction,
  act: Pick<ListAct<never>, "label" | "done">,
  noun: Noun,
): string => {
  const rows = (count: number): string => countOf(count, noun.one, manyOf(noun));
  if (status === "pending" || status === "running") {
    return `${act.label}: ${formatCount(done + skipped + failed)} of ${rows(total)}.`;
  }
  const why = reasons[0] === undefined ? "" : ` (${small(endless(reasons[0].text))})`;
  const left = [
    skipped === 0 ? "" : `, ${formatCount(skipped)} left as they were`,
    failed === 0 ? "" : `, ${formatCount(failed)} failed`,
  ].join("");
  const end =
    status === "complete" ? "" : status === "undone" ? ", then undone" : `, then ${status}`;
  return `${rows(done)} ${act.done}${left}${left === "" ? "" : why}${end}.`;
};
