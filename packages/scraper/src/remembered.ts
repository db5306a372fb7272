import { detach } from "./text.ts";

/**
 * Asks `work` for each text once: it has to be pure. Texts above 300 characters are worked out each time; what is known is
 * forgotten as a whole once it is `entriesMax` texts.
 */
export function remembered<T>(entriesMax: number, work: (text: string) => T): (text: string) => T {
  const known = new Map<string, { value: T }>();
  return (text) => {
    if (text.length > CHARS_MAX) return work(text);
    const before = known.get(text);
    if (before !== undefined) return before.value;
    const own = detach(text);
    const value = work(own);
    if (known.size >= entriesMax) known.clear();
    known.set(own, { value });
    return value;
  };
}

const CHARS_MAX = 300;
