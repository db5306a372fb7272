import { registrableOf } from "../../host.ts";
import { narrow } from "../../text.ts";
import { matchesFrom } from "../matches-from.ts";
import { type TextSigns, UNREAD } from "../read-text.ts";
import { atPlaces, type Budget, MAIL_LABEL, type Sighting } from "./find.ts";
import { isFrontRole, isRole } from "./roles.ts";
import { trimHost, trimLocal } from "./trim.ts";

/** What people write for "@", in the languages of the sites that staff read. */
const AT_WORDS =
  "at|ät|aet|@|\\uff20|affe|klammeraffe|arroba|arobase|arobas|arrobase|chiocciola|chiocciolina|apenstaartje|apestaart|aapje|snabel-?a|alfakrøll|bei|chez|à|chioccola|kukac|ma[lł]pa|zavin[aá][cč]|собака|собачка|アットマーク|アット|あっと|at-?mark|at-?sign|at-?zeichen|a-?t";
const DOT_WORDS =
  "dot|d0t|punkt|point|punto|ponto|punt|prick|tacka|kropka|te[cč]ka|точка|ドット|どっと|\\.|\\uff0e";

const OPEN = "[(\\[{<（【［〔«「『]";
const CLOSE = "[)\\]}>）】］〕»」』]";
// plain classes find the few places where it pays to try more
const OPENING =
  /[([{<\uff08\u3010\uff3b\u3014\u00ab\u300c\u300e](?=[\saAäÄàÀ@\uff20bBcCkKmMzZsSсСアあ])/g;
const BRACKETED = new RegExp(`${OPEN}\\s{0,2}(?:${AT_WORDS}|a)\\s{0,2}${CLOSE}`, "iuy");
/** The same sign on both sides: -at-, _at_, *at*, ##at##. */
const FENCED = /[-_*#|~"'+=^°](?:at|AT|ät|ÄT)[-_*#|~"'+=^°]/g;
/** A real sign before dots that are written out: "info@laden(dot)de". */
const SIGN =
  /[@\uff20](?=[\w-]{1,63}(?:\s{0,2}[([{<][^a-z]?|[ \u00a0])(?:dot|punkt|point|punto|ponto|punt|DOT|PUNKT|\.))/y;
/** Capitals amid small letters: "infoATladenDOTde". */
const CAPITALS = /(?<=[a-z\d])AT(?=[a-z\d-]{2,63}(?:\.|DOT)[a-z])/g;
const BARE =
  /[ \u00a0](?:AT|at|ÄT|ät|arroba|chiocciola|arobase|apenstaartje|snabel-?a|アットマーク)[ \u00a0]/g;

const DOTS = new RegExp(
  `\\s{0,2}${OPEN}\\s{0,2}(?:${DOT_WORDS})\\s{0,2}${CLOSE}\\s{0,2}|\\s{0,2}([-_*#|~])(?:${DOT_WORDS})\\1\\s{0,2}|[ \\u00a0](?:dot|punkt|point|punto|ponto|punt)[ \\u00a0]|[ \\u00a0]\\.[ \\u00a0]?(?=[a-z]{2,4}(?![\\p{L}.]))`,
  "giu",
);
const SPACED_DOT = /[ \u00a0](?:dot|punkt|point|punto|ponto|punt)[ \u00a0]/i;

const REACH = 120;

/** Addresses written out for people: "info (at) laden (punkt) de", "info[at]laden.de", "info AT laden DOT de". */
export function findWritten(
  text: string,
  siteHost: string,
  budget: Budget,
  signs: TextSigns = UNREAD,
): Sighting[] {
  const found: Sighting[] = [];
  const take = (start: number, end: number, form: Form): void => {
    if (!budget.take()) return;
    const sighting = read(text, start, end, form, siteHost);
    if (sighting !== undefined) found.push(sighting);
  };
  for (const { index } of matchesFrom(text, OPENING, signs.opening)) {
    BRACKETED.lastIndex = index;
    if (budget.isUsedUp) return found;
    if (BRACKETED.test(text)) take(index, BRACKETED.lastIndex, "bracketed");
  }
  for (const { 0: sign, index } of matchesFrom(text, FENCED, signs.fenced)) {
    if (budget.isUsedUp) return found;
    const fence = sign[0];
    if (sign.at(-1) !== fence) continue;
    const double = text[index - 1] === fence && text[index + sign.length] === fence ? 1 : 0;
    take(index - double, index + sign.length + double, "fenced");
  }
  for (const { 0: sign, index } of matchesFrom(text, BARE, signs.bare)) {
    if (budget.isUsedUp) return found;
    take(index, index + sign.length, "bare");
  }
  for (const index of atPlaces(text)) {
    SIGN.lastIndex = index;
    if (!SIGN.test(text)) continue;
    if (budget.isUsedUp) return found;
    take(index, index + 1, "bracketed");
  }
  for (const { index } of matchesFrom(text, CAPITALS, signs.capitals)) {
    if (budget.isUsedUp) return found;
    take(index, index + 2, "fenced");
  }
  return found;
}

type Form = "bracketed" | "fenced" | "bare";

function read(
  text: string,
  start: number,
  end: number,
  form: Form,
  siteHost: string,
): Sighting | undefined {
  const before = narrow(lastLine(text.slice(Math.max(0, start - REACH), start)));
  const behind = narrow(text.slice(end, end + REACH * 2));
  // a line may be broken behind the sign
  const right = firstLine(form === "bracketed" ? behind.replace(/^[ \u00a0]*\n/, "") : behind)
    .replace(/(?<=[a-z\d])DOT(?=[a-z])/g, " dot ")
    .replace(/^[-_](?=[\p{L}\p{N}])/u, "");
  const left = before.trimEnd().replace(DOTS, ".").replace(/[-_]$/, "");
  const sign = text.slice(start, end).trim();
  const [written = ""] = /[\p{L}\p{M}\p{N}._%+&'-]{1,64}$/u.exec(left) ?? [];
  const local = trimLocal(written);
  const host = trimHost(hostOf(right), siteHost);
  if (local === "" || host === undefined) return undefined;
  const ahead = left.slice(0, left.length - written.length);
  // "(a)" also numbers a list
  const isApart = /\s$/.test(before) || /^\s/.test(right);
  if (isApart && /^\P{L}*a\P{L}*$/iu.test(sign) && !isOwnRole(local, host, siteHost))
    return undefined;
  if (/:\/\/\S*$|www\.\S*$|[@/]$/.test(ahead) || /^www\./i.test(written)) return undefined;
  if (form !== "bracketed" && !isMeant({ local, host, ahead, sign, right, siteHost, form }))
    return undefined;
  return {
    email: `${local}@${host}`,
    start: Math.max(0, start - local.length),
    end: Math.min(text.length, end + host.length),
  };
}

const isOwnRole = (local: string, host: string, siteHost: string): boolean =>
  isRole(local.toLowerCase()) && registrableOf(host.toLowerCase()) === registrableOf(siteHost);

/** Without brackets the words are also those of sentences: "more info at laden.de". */
function isMeant(of: {
  local: string;
  host: string;
  ahead: string;
  sign: string;
  right: string;
  siteHost: string;
  form: Form;
}): boolean {
  const local = of.local.toLowerCase();
  const own = registrableOf(of.host.toLowerCase()) === registrableOf(of.siteHost);
  if (MAIL_LABEL.test(of.ahead)) return true;
  if (of.form === "fenced") return isRole(local) || own || local.includes(".");
  const named = isFrontRole(local) || local.includes(".");
  const isAlone = of.ahead.trim() === "";
  if (SPACED_DOT.test(of.right.slice(0, of.host.length + 12)))
    return isAlone
      ? named || own || isRole(local)
      : named && !/(?:more|further|for|weitere|mehr|plus d['’])\s*$/i.test(of.ahead);
  if (isAlone && own && isFrontRole(local) && /^\s*[\p{L}\p{N}.-]+\s*$/u.test(of.right))
    return true;
  // "AT" in capitals amid small letters is no word of a sentence
  return of.sign === "AT" && of.local === local && named && (own || isAlone);
}

/** The dots that were written out become dots; what follows the name is left to be cut off. */
const hostOf = (reach: string): string => {
  const dotted = reach.trimStart().replace(DOTS, ".");
  return /^[\p{L}\p{N}.-]*/u.exec(dotted)?.[0] ?? "";
};

const lastLine = (text: string): string => text.slice(text.lastIndexOf("\n") + 1);
const firstLine = (text: string): string => text.split("\n", 1)[0] as string;

/** Japanese pages put a sign for "@" and say so: "info★laden.co.jp（★を@に変えてください）". */
const SIGN_FOR_AT =
  /([★☆●○■□◎◆◇♪＃#*＊△▲▼▽])\s?(?:マーク)?[」』"”]?を(?:半角)?(?:の)?[「『"“]?[@\uff20]/u;

export function findSigned(text: string, siteHost: string, budget: Budget): Sighting[] {
  const sign = text.includes("を") ? SIGN_FOR_AT.exec(text)?.[1] : undefined;
  if (sign === undefined) return [];
  const found: Sighting[] = [];
  for (let at = text.indexOf(sign); at !== -1 && budget.take(); at = text.indexOf(sign, at + 1)) {
    const local = trimLocal(/[\w.+-]{1,64}$/.exec(text.slice(Math.max(0, at - 64), at))?.[0] ?? "");
    const host = trimHost(/^[\w.-]{4,200}/.exec(text.slice(at + 1, at + 200))?.[0] ?? "", siteHost);
    if (local !== "" && host !== undefined)
      found.push({
        email: `${local}@${host}`,
        start: at - local.length,
        end: at + 1 + host.length,
      });
  }
  return found;
}
