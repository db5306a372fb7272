/** A key, or with `mod` one that is pressed together with ⌘ or Ctrl. */
interface Key {
  key: string;
  mod?: true;
  /** What it does, as the list of keys says it. */
  words: string;
}

/**
 * Every key that does something beside moving in a field, a menu or a list of choices. What is not in here is no key of the
 * dashboard, and what is in here is told under `?`.
 */
export const KEYS = {
  palette: { key: "k", mod: true, words: "Go to anything" },
  search: { key: "/", words: "Search this page" },
  nextRow: { key: "j", words: "Next row" },
  rowBefore: { key: "k", words: "Row before" },
  select: { key: "x", words: "Select the row; with Shift, all up to it" },
  menu: { key: "m", words: "What can be done with the row" },
  peek: { key: "o", words: "Show the row beside the list" },
  open: { key: "Enter", words: "Open the row" },
  again: { key: "r", words: "Run it again, or what is selected" },
  export: { key: "e", words: "Export" },
  send: { key: "Enter", mod: true, words: "Create the batch" },
  close: { key: "Escape", words: "Close what is on top" },
  help: { key: "?", words: "All keys" },
} as const satisfies Record<string, Key>;

export type KeyName = keyof typeof KEYS;

/** What the browser does by itself, on every page. */
export const BY_ITSELF: readonly KeyName[] = ["palette", "open", "close"];

export const hasMod = (name: KeyName): boolean => "mod" in KEYS[name];

type Pressed = Pick<KeyboardEvent, "key" | "metaKey" | "ctrlKey" | "altKey">;

/** Whether this is the key of that name. */
export const isKey = (event: Pressed, name: KeyName): boolean =>
  event.key.toLowerCase() === KEYS[name].key.toLowerCase() &&
  (event.metaKey || event.ctrlKey) === hasMod(name) &&
  !event.altKey;

/** For `aria-keyshortcuts`. */
export const shortcutOf = (name: KeyName): string => {
  const { key } = KEYS[name];
  const shown = key.length === 1 ? key.toUpperCase() : key;
  return hasMod(name) ? `Control+${shown} Meta+${shown}` : shown;
};
