import { line, narrow } from "../../text.ts";
import type { Findings } from "../findings.ts";
import type { Range, TextMarks } from "../text-marks.ts";
import { hasTitleWord } from "./titles.ts";

/** Whom the words beside an address name as its owner. */
export interface Named {
  name: string;
  title: string | null;
}

const BEFORE_CHARS = 320;
const BEFORE_LINES = 6;
const BEHIND_CHARS = 160;
const BEHIND_LINES = 2;
const NAME_MAX = 80;
const TITLE_MAX = 100;

const HONORIFIC =
  "(?:(?:Dr|Prof|Dipl\\.?-?\\s?(?:Ing|Kfm|Kffr|Psych|Phys|Inf)|Mag|Ing|DI|RA|StB|WP|Mr|Mrs|Ms|Miss|Mme|Mlle|Sr|Sra|Srta|Dott|Dott\\.ssa|Avv|Arch|Geom|Rag|Me|Herr|Frau|Madame|Monsieur|Sig|Drs|Ir|Mw|Dhr|med|dent|vet|iur|jur|phil|rer|nat|h\\.c)\\.?\\s+){0,4}";
/** How people are addressed, and no part of a name. */
const POLITE =
  /^(?:(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Sr|Sra|Srta|Herr|Frau|Madame|Monsieur|Sig|Mw|Dhr)\.?\s+)+/u;
const PART = "\\p{Lu}[\\p{L}\\p{M}'’-]{1,24}";
const INITIALS = "\\p{Lu}\\.(?:[ -]?\\p{Lu}\\.)?";
const PARTICLE =
  "(?:von|van|vom|zu|zur|zum|de|der|den|del|della|dei|di|da|das|do|dos|du|des|la|le|el|af|ten|ter|bin|al|y|e)";
/** "Muster, Anna" on a line of its own. */
const TURNED = new RegExp(`^\\s*(${PART}), (${PART})\\s*$`, "u");
const NAME = new RegExp(
  `${HONORIFIC}(?:${PART}|${INITIALS})(?:\\s+(?:\\p{Lu}\\.\\s+)?(?:${PARTICLE}\\s+){0,3}${PART}){1,3}`,
  "gu",
);

/** What ends a title on the way to the address. */
const LABELS =
  /(?:e-?mail|mail|tel|telefon|phone|fax|mobil|mobile|cell|handy|móvil|portable|web|www|t|f|m|e)\s*[.:].*$/iu;

/** What else stands before a colon and a name. */
const NO_TITLE =
  /kontakt|contact|contat|ansprech|interlocut|e-?mail|courriel|correo|verantwort|responsible|autor|author|auteur|text|foto|photo|bild|name|nombre|nom\b|nome|datum|date|von|by|par|por|ihr|your|anfrage|copyright|tel|mobil|web|adres|address|direcc|indirizzo/i;

/**
 * The person whose name stands beside an address and fits it, with a title where one stands with the name. Nothing is
 * made of the address itself: who is not named has none.
 */
export function personBeside(
  { text, marks }: Pick<Findings, "text" | "marks">,
  { start, end }: Range,
  local: string,
): Named | null {
  const before = parted(text, marks, Math.max(0, start - BEFORE_CHARS), start)
    .split("\n")
    .slice(-BEFORE_LINES);
  const behind = parted(text, marks, end, end + BEHIND_CHARS)
    .split("\n")
    .slice(0, BEHIND_LINES);
  for (let index = before.length - 1; index >= 0; index--) {
    const named = nameIn(before[index] as string, local);
    if (named === undefined) continue;
    const below = before.slice(index + 1);
    const above = before[index - 1];
    return {
      name: named.name,
      title: titleBeside(named, below) ?? (above === undefined ? null : titleOf(above)),
    };
  }
  for (const [index, words] of behind.entries()) {
    const named = nameIn(words, local);
    if (named !== undefined)
      return { name: named.name, title: titleBeside(named, behind.slice(index + 1)) };
  }
  return null;
}

/** A stretch of the text in which the edges of elements, too, part what has no blank between: "Muster" and "Inhaberin". */
function parted(text: string, marks: TextMarks, start: number, end: number): string {
  let lines = "";
  let place = start;
  for (const edge of marks.edgesWithin(start, end)) {
    if (!/^[^\s\p{Lu}]\p{Lu}$/u.test(text.slice(edge.place - 1, edge.place + 1))) continue;
    lines += `${text.slice(place, edge.place)}\n`;
    place = edge.place;
  }
  return narrow(lines + text.slice(place, end));
}

interface NameInLine {
  name: string;
  before: string;
  behind: string;
}

function nameIn(words: string, local: string): NameInLine | undefined {
  if (words.length > BEFORE_CHARS) return undefined;
  const [, last, first] = TURNED.exec(words) ?? [];
  if (first !== undefined && last !== undefined)
    return fits([first, last], local)
      ? { name: `${first} ${last}`, before: "", behind: "" }
      : undefined;
  for (const match of words.matchAll(NAME)) {
    const parts = match[0].split(/\s+/);
    // a line begins with words that are no name: "Inhaberin Anna Muster"
    for (let first = 0; first < parts.length - 1; first++) {
      const rest = parts.slice(first);
      const bare = rest.filter(
        (part) => !/^(?:\p{L}+\.)+(?:-?\p{L}+\.)?$/u.test(part) || part.length < 3,
      );
      if (!fits(bare, local)) continue;
      const name = rest.join(" ");
      const bareName = name.replace(POLITE, "");
      const place = match.index + match[0].indexOf(name);
      const dropped = parts.slice(0, first).join(" ");
      return {
        name: line(withHonorific(dropped, bareName.includes(" ") ? bareName : name), NAME_MAX),
        before: words.slice(0, place),
        behind: words.slice(place + name.length),
      };
    }
  }
  return undefined;
}

/** "Dr. med." belongs to a name, "Inhaberin" does not. */
function withHonorific(dropped: string, name: string): string {
  const [honorific = ""] =
    /(?:(?:Dr|Prof|med|dent|vet|Mag|Ing|Dipl)\.?(?:-Ing\.?)?\s*)+$/u.exec(dropped) ?? [];
  return `${honorific.trim()} ${name}`.trim();
}

/** Folds accents away in both ways that addresses are made: müller is mueller or muller. */
function foldings(word: string): string[] {
  const lower = word.toLowerCase().replace(/[.'’]/g, "");
  const plain = lower
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("å", "a");
  const german = lower
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
  return [...new Set([plain, german])].map((form) => form.replaceAll("-", ""));
}

/** Whether an address can be made of these names: anna.muster, amuster, muster, anna, muster.a … */
export function fits(parts: readonly string[], local: string): boolean {
  const bare = local.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const spelt = local.toLowerCase().replace(/[\d._+'-]/g, "");
  const wanted = new Set([bare.replace(/[\d._+'-]/g, ""), ...foldings(spelt)]);
  const firsts = foldings(parts[0] ?? "");
  const initials = parts
    .slice(0, -1)
    .flatMap((part) => part.split("-"))
    .map((part) => foldings(part)[0]?.slice(0, 1) ?? "")
    .join("");
  const givenName = foldings((parts[0] ?? "").split("-")[0] ?? "")[0] ?? "";
  const lasts = [parts.at(-1) ?? "", parts.slice(1).join(""), parts[1] ?? ""].flatMap(foldings);
  for (const first of firsts) {
    for (const last of lasts) {
      const made = [
        first + last,
        last + first,
        givenName + last,
        first.slice(0, 1) + last,
        initials + last,
        last + first.slice(0, 1),
        first + last.slice(0, 1),
        last,
        first,
        givenName,
      ];
      if (made.some((form) => form.length > 2 && wanted.has(form))) return true;
    }
  }
  return false;
}

function titleBeside(named: NameInLine, below: readonly string[]): string | null {
  const sameLine = titleOf(named.behind.replace(/^[\s,;:|–—(-]+/, ""));
  if (sameLine !== null) return sameLine;
  const ahead = titleOf(named.before.replace(/[\s,;:|–—-]+$/, "")) ?? called(named.before);
  if (ahead !== null) return ahead;
  for (const words of below.slice(0, 3)) {
    const title = titleOf(words);
    if (title !== null) return title;
  }
  return null;
}

/** "Maestra panadera: Rocío Domínguez": what somebody is called before a colon is a title in any words. */
function called(before: string): string | null {
  const [, title = ""] =
    /^\s*(\p{Lu}[\p{L}\p{M}'’-]+(?: [\p{L}\p{M}'’&-]+){0,3})\s?:\s*$/u.exec(before) ?? [];
  return title === "" || NO_TITLE.test(title) ? null : line(title, TITLE_MAX);
}

function titleOf(words: string): string | null {
  const [plain = ""] = words
    .replace(LABELS, "")
    .split(/[|•·]|\s[-–—]\s|(?<=\p{L}{3})[.!?](?:\s|$)/u);
  const title = line(plain, TITLE_MAX * 2).replace(/^[\s,;:–—(-]+|[\s,;:–—()-]+$/g, "");
  if (title.length < 2 || title.length > TITLE_MAX || /[\d@?!]|https?:/.test(title)) return null;
  if (title.split(/\s+/).length > 10 || !hasTitleWord(title)) return null;
  return /[.]\s/.test(title) ? null : title;
}
