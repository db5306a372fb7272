import type { KeyName } from "./keys.ts";

/** What each key does, as the list of keys says it, which no page needs before it is asked for. */
export const KEY_WORDS: Record<KeyName, string> = {
  palette: "Go to anything",
  search: "Search this page",
  nextRow: "Next row",
  rowBefore: "Row before",
  select: "Select the row; with Shift, all up to it",
  menu: "What can be done with the row",
  peek: "Show the row beside the list",
  open: "Open the row",
  again: "Run it again, or what is selected",
  export: "Export",
  send: "Create the batch, or run the statement",
  close: "Close what is on top",
  help: "All keys",
};
