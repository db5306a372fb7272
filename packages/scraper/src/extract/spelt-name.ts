/** A name with its letters by themselves: most are short, and to compare them here costs less than to ask the string. */
export interface SpeltName {
  name: string;
  codes: Uint8Array;
}

/** @param name in ASCII */
export const speltName = (name: string): SpeltName => ({
  name,
  codes: Uint8Array.from(name, (letter) => letter.charCodeAt(0)),
});

/** Whether letters stand at a place of a text. */
export function standsAt(text: string, place: number, codes: Uint8Array): boolean {
  if (place + codes.length > text.length) return false;
  for (let index = 0; index < codes.length; index++)
    if (text.charCodeAt(place + index) !== codes[index]) return false;
  return true;
}
