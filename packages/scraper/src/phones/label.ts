import { CALL_SIGN } from "./signs.ts";
import {
  CALL_WORDS,
  DESK_WORDS,
  FAX_WORDS,
  FILLER_WORDS,
  NUMBER_SIGNS,
  RECORD_WORDS,
} from "./words.ts";

/** What the words beside a number say of it; undefined when they say nothing. */
export type Calling = "call" | "fax" | "record" | undefined;

const TOKEN = /[\p{L}\p{M}]+\d?|\d+|[☎☏✆℡℻#№°]|\p{Extended_Pictographic}/gu;
const TOKENS_MAX = 7;
const BEFORE_CHARS = 70;
const LETTER_LABELS: Record<string, Calling> = {
  t: "call",
  p: "call",
  m: "call",
  c: "call",
  o: "call",
  h: "call",
  f: "fax",
};
const IDEOGRAPHS = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;

/** Judges a number by the text before it, folded; the last word that tells decides. */
export function callingBefore(before: string): Calling {
  const text = before.slice(-BEFORE_CHARS);
  if (/[$€£¥₹]\s?$/.test(text)) return "record";
  if (isNumeric(text)) return undefined;
  const tokens = [...text.matchAll(TOKEN)].slice(-TOKENS_MAX);
  let sign = false;
  let marked = false;
  for (let index = tokens.length - 1; index >= 0; index--) {
    const match = tokens[index] as RegExpExecArray;
    const word = match[0].toLowerCase();
    if (word === CALL_SIGN) {
      marked = true;
      continue;
    }
    const said = sayingOf(word, match, text, sign);
    if (said === "call" || said === "record") return said;
    if (said === "fax") return isShared(tokens, index) ? "call" : "fax";
    if (said === "sign") sign = true;
    else if (said === "end") break;
  }
  if (marked) return "call";
  const last = tokens.at(-1)?.[0].toLowerCase();
  return sign && last !== undefined && last.length <= 3 ? "record" : undefined;
}

/** Behind other digits no word tells anything; "Tel. 1:" is the count of a list. */
function isNumeric(text: string): boolean {
  for (let at = text.length - 1; at >= 0; at--) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      const next = text[at + 1];
      const isCount = (next === ":" || next === ")") && !/\d/.test(text[at - 1] ?? "");
      if (!isCount) return !/24 ?\/ ?7\W*$/.test(text);
    } else if (code > 127 || code === 35 || (code | 32) >= 97) return false;
  }
  return true;
}

function sayingOf(
  word: string,
  match: RegExpExecArray,
  text: string,
  sign: boolean,
): Calling | "sign" | "filler" | "end" {
  if (word.length === 1 && /\p{L}/u.test(word)) {
    const letter = LETTER_LABELS[word];
    if (letter !== undefined && isLabel(match, text)) return letter;
  }
  if (IDEOGRAPHS.test(word)) return ideographs(word);
  if (NUMBER_SIGNS.has(word)) return "sign";
  if (CALL_WORDS.has(word)) return "call";
  if (FAX_WORDS.has(word)) return "fax";
  if (RECORD_WORDS.has(word)) return isIdaho(match, text) ? "end" : "record";
  if (DESK_WORDS.has(word)) return sign ? "record" : "end";
  // a state or a province: "REA MI 0123456"
  return FILLER_WORDS.has(word) || word === "°" || /^[A-Z]{2}$/.test(match[0]) ? "filler" : "end";
}

function ideographs(word: string): Calling | "end" {
  if (/ファ[ック]|ファクシ|传真|傳真|팩스/.test(word)) return "fax";
  if (/電話|電 ?話|携帯|フリーダイヤル|直通|電話|电话|手机|전화|휴대/.test(word)) return "call";
  return RECORD_WORDS.has(word) || /登録|免許|許可|法人番号|口座|郵便|第$/.test(word)
    ? "record"
    : "end";
}

/** "T:", "F." and "| M 0171": a letter of its own, and not the end of a name or of a sentence. */
function isLabel({ index }: RegExpExecArray, text: string): boolean {
  if (!/^[.:]? ?[:.]? ?[+(]?$/.test(text.slice(index + 1))) return false;
  return index === 0 || /[\s|/·•,;(\u001f]$/.test(text.slice(0, index));
}

/** "Tel/Fax", "Tel. & Fax", "Fax + Tel." */
function isShared(tokens: RegExpExecArray[], index: number): boolean {
  for (let step = 1; step <= 2; step++) {
    const word = tokens[index - step]?.[0].toLowerCase() ?? "";
    if (CALL_WORDS.has(word) || (word.length === 1 && LETTER_LABELS[word] === "call")) {
      const from = tokens[index - step] as RegExpExecArray;
      const between = (tokens[index] as RegExpExecArray).index - from.index - from[0].length;
      return between <= 6;
    }
    if (!FILLER_WORDS.has(word)) return false;
  }
  return false;
}

/** "Boise, ID 208-555-0119" names a state, "Tax ID: 208" does not. */
const isIdaho = ({ 0: word, index }: RegExpExecArray, text: string): boolean =>
  word === "ID" &&
  !/^ID ?[:#]/.test(text.slice(index)) &&
  /(?:\p{Ll}|,) $/u.test(text.slice(0, index)) &&
  !/(?:tax|parcel|property|listing|case|claim|employee|patient|player|provider|vendor|permit|record|request|session|student|ticket|tracking|device|game|job|user|license|order|customer|client|member|account|product|item|company|transaction) $/i.test(
    text.slice(0, index),
  );

/** Judges a number by the text after it: "(fax)", "Fax" at the end of a line. */
export function callingAfter(after: string): Calling {
  const text = after.slice(0, 40);
  const [, bracketed] = /^ ?[([]([\p{L} .-]{1,20})[)\]]/u.exec(text) ?? [];
  const [, last] = /^ ?[-|,]? ?(\p{L}{1,20})\.?$/u.exec(text) ?? [];
  const word = (bracketed ?? last ?? "").toLowerCase().replace(/[. -]/g, "");
  if (word === "") return undefined;
  if (FAX_WORDS.has(word) || (word === "f" && bracketed !== undefined)) return "fax";
  return CALL_WORDS.has(word) || (/^[tpmcoh]$/.test(word) && bracketed !== undefined)
    ? "call"
    : undefined;
}
