import { narrow } from "../../text.ts";

/** What a character can be in an address. */
export const NONE = 0;
/** Seen by nobody: zero-width characters and soft hyphens, which some put into addresses and others copy along. */
export const INVISIBLE = 1;
/** Letter or digit of a script that people write addresses in. */
export const LETTER = 2;
/** One of . - which both parts may hold. */
export const JOINT = 3;
/** One of _ + % & ' which only the part before "@" may hold. */
export const LOCAL = 4;
/** Letter of a script in which words are written without blanks, so that an address may touch a sentence. */
export const OTHER_SCRIPT = 5;

const ASCII = new Uint8Array(128);
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
  ASCII[character.charCodeAt(0)] = LETTER;
for (const character of ".-") ASCII[character.charCodeAt(0)] = JOINT;
for (const character of "_+%&'") ASCII[character.charCodeAt(0)] = LOCAL;

/** The kind of a UTF-16 unit. */
export function kindOf(code: number): number {
  if (code < 128) return ASCII[code] as number;
  if (code === 0xad || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e))
    return INVISIBLE;
  if ((code >= 0x2060 && code <= 0x2064) || code === 0xfeff || code === 0x180e) return INVISIBLE;
  if (code === 0xd7 || code === 0xf7) return NONE;
  // hyphens that do not break, or only look like one
  if (code === 0x2010 || code === 0x2011) return JOINT;
  // Latin with accents, Greek, Cyrillic, and accents that stand by themselves
  if ((code >= 0xc0 && code <= 0x52f) || (code >= 0x1e00 && code <= 0x1fff)) return LETTER;
  // full width: digits, letters, and . - _ +
  if (code >= 0xff10 && code <= 0xff5a) return fullWidth(code);
  if (code === 0xff0e || code === 0xff0d) return JOINT;
  if (code < 0x590) return NONE;
  return OTHER_LETTER.test(String.fromCharCode(code)) ? OTHER_SCRIPT : NONE;
}

const OTHER_LETTER = /[\p{L}\p{M}\p{N}]/u;

function fullWidth(code: number): number {
  if (code <= 0xff19 || (code >= 0xff21 && code <= 0xff3a) || code >= 0xff41) return LETTER;
  return code === 0xff3f ? LOCAL : NONE;
}

const INVISIBLES = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;

/** Without what nobody sees, and in half-width characters. */
export function visible(text: string): string {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) > 127)
      return text.replace(INVISIBLES, "").normalize("NFKC").replaceAll("\u2010", "-");
  }
  return narrow(text);
}
