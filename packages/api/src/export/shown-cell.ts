import type { Column } from "../list/list.contract.ts";

/** Characters of a time up to its seconds. */
export const TIME_LENGTH = "2026-11-21 09:00:00".length;

/** What people read in a cell: seconds of a time, words for yes and no, several texts one after the other. */
export function shownCell(text: string, kind: Column["kind"]): string {
  switch (kind) {
    case "time":
      return text.slice(0, TIME_LENGTH);
    case "flag":
      return text === "true" ? "yes" : "no";
    case "texts":
      return (JSON.parse(text) as string[]).join(", ");
    default:
      return text;
  }
}
