/** Stands in a line where two elements meet without a blank: what is left and right of it need not belong together. */
export const EDGE = "\u001f";

const PLAIN = /^[\u001f\u0020-\u007e]*$/;
const FOREIGN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;

/** Blanks, dashes, slashes, dots, digits and letters of any form as their ASCII forms, invisible characters gone. */
export function fold(text: string): string {
  const folded = PLAIN.test(text) ? text : foldUnicode(text);
  return folded.includes("  ") ? folded.replace(/ {2,}/g, " ") : folded;
}

function foldUnicode(text: string): string {
  return text
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\ufe0e|\ufe0f/g, "")
    .replace(/[\t\r\f\v\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g, " ")
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(FOREIGN_DIGITS, (digit) => digitOf(digit.charCodeAt(0)))
    .replace(/[\u2010-\u2015\u2043\u2212\u207b\ufe58\ufe63]/g, "-")
    .replace(/(?<=\d)[\u30fc\uff70\u2500\u301c](?=\d)/g, "-")
    .replace(/[\u2044\u2215]/g, "/")
    .replace(/(?<=\d)[\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb\uff65](?=\d)/g, ".");
}

const digitOf = (code: number): string => String(code >= 0x966 ? code - 0x966 : code & 15);
