import type { Call } from "./call-links.ts";
import { findNumbers, type Hit, type Reading } from "./find.ts";
import { fold } from "./fold.ts";
import { callingCodeOf, type PhoneNumber } from "./numbers.ts";
import { planOf } from "./plans.ts";

const KEYS = ["abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"];
const EXTENSION = /(?:[;,?&*#]|\b(?:ext|extension|x|dw|p|w)\b\.?).*$|(?<=\d)(?:x|ext)\.? ?\d.*$/is;

/** The number that a link or structured data gives: what is dialled, whatever its spelling. */
export function readCall(call: Call, reading: Reading): PhoneNumber | undefined {
  const [text = ""] = fold(call.text).split(/\n|;(?!ext)|\?/);
  const bare = text.replace(EXTENSION, "").trim();
  if (!/\p{L}/u.test(bare)) return dial(bare, call.from, reading);
  const [hit] = linesOf(call, reading);
  return hit?.number ?? dial(keypad(bare), call.from, reading);
}

/** Further numbers of one value ("030 2312500, 0171 3920012"), as structured data of some sites has them. */
export function readCalls(call: Call, reading: Reading): PhoneNumber[] {
  if (call.from !== "json_ld" || !/[,/;|\p{L}]/u.test(call.text)) {
    const number = readCall(call, reading);
    return number === undefined ? [] : [number];
  }
  const numbers = linesOf(call, reading).map(({ number }) => number);
  if (numbers.length > 0) return numbers;
  const number = readCall(call, reading);
  return number === undefined ? [] : [number];
}

const linesOf = (call: Call, reading: Reading): Hit[] =>
  findNumbers(fold(call.text), "Tel", reading).filter(
    ({ calling }) => call.calling === "fax" || calling !== "fax",
  );

/** "1-800-FLOWERS" as its keys; digits have to come first. */
function keypad(text: string): string {
  if (!/^\+?\d[\d().\- ]*[a-z]/i.test(text) || !/^[+\da-z().\- ]+$/i.test(text)) return "";
  const letters = text.toLowerCase();
  return letters.replace(/[a-z]/g, (letter) =>
    String(KEYS.findIndex((key) => key.includes(letter)) + 2),
  );
}

function dial(
  text: string,
  from: Call["from"],
  { numbers, region }: Reading,
): PhoneNumber | undefined {
  if (text.length > 40) return undefined;
  const digits = (/^\W*(?:00)?39/.test(text) ? text : text.replace(/\(0\)/, "")).replace(/\D/g, "");
  if (digits.length < 3 || digits.length > 18) return undefined;
  if (text.includes("+")) return numbers.international(digits.replace(/^00/, ""));
  if (/^00[1-9]/.test(digits)) {
    const abroad = numbers.international(digits.slice(2));
    if (abroad !== undefined) return abroad;
  }
  if (from === "whatsapp") {
    const abroad = numbers.international(digits);
    if (abroad !== undefined) return abroad;
  }
  const national = text.replace(/\D/g, "");
  const ownCode = callingCodeOf(region);
  const known = ownCode === undefined ? undefined : region;
  if (known !== undefined && planOf(known).dialled.test(national)) {
    const number = numbers.national(national, known);
    if (number !== undefined) return number;
  }
  // the "+" is what people leave out most
  if (
    digits.length >= 10 &&
    (digits.length >= 11 || (ownCode !== undefined && digits.startsWith(ownCode)))
  ) {
    const abroad = numbers.international(digits);
    if (abroad !== undefined) return abroad;
  }
  return known === undefined ? undefined : numbers.national(national, known);
}
