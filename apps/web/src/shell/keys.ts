/** A key, or with `mod` one that is pressed together with ⌘ or Ctrl. */
interface Key {
  key: string;
  mod?: true;
}

/**
 * Every key that does something beside moving in a field, a menu or a list of choices. What is not in here is no key of the
 * dashboard, and what is in here is told under `?`.
 */
export const KEYS = {
  palette: { key: "k", mod: true },
  search: { key: "/" },
  nextRow: { key: "j" },
  rowBefore: { key: "k" },
  select: { key: "x" },
  menu: { key: "m" },
  peek: { key: "o" },
  open: { key: "Enter" },
  again: { key: "r" },
  export: { key: "e" },
  send: { key: "Enter", mod: true },
  close: { key: "Escape" },
  help: { key: "?" },
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
