import type { GatheredPage } from "../site/gathered.ts";
import type { DigitLine } from "../extract/digit-lines.ts";
import { isOthers } from "../extract/others.ts";
import type { Call } from "./call-links.ts";
import { type Group, runsOf } from "./groups.ts";
import { numbersOfRuns } from "./find.ts";
import { fold } from "./fold.ts";
import { callingBefore, type Calling } from "./label.ts";
import { nameBefore, nameInside } from "./naming.ts";
import { Numbers, type PhoneNumber } from "./numbers.ts";
import { readCalls } from "./read-call.ts";

/** One appearance of a number, on all pages that have it the same way. */
export interface Mention {
  number: PhoneNumber;
  from: "tel" | "text" | "whatsapp" | "json_ld";
  calling: Calling;
  /** What the page calls it; asked for once the region is settled. */
  name(): string | null;
  pages: string[];
  /** Written with the code of its country, or in a link that needs none. */
  international: boolean;
  /** As in a hit of a line. */
  weak: boolean;
  styled: boolean;
  /** Whether it is given as somebody else's; costs most of all. */
  isOthers(): boolean;
}

interface Line {
  text: string;
  /** The lines before it, the nearest last. */
  above: string[];
  teased: boolean;
  runs: Group[][];
  pages: string[];
}

interface KnownCall {
  call: Call;
  /** Null until somebody asks: it is the same in every region. */
  calling: Calling | null;
  pages: string[];
}

const LINE_DIGITS_MIN = 6;

/** All that the pages of a site have of numbers, each line and link once; read as often as a region is tried. */
export class SiteNumbers {
  readonly #numbers = new Numbers();
  readonly #read = new Map<string | undefined, Mention[]>();
  readonly #lines: Line[] = [];
  readonly #calls: KnownCall[] = [];

  constructor(pages: readonly GatheredPage[]) {
    const lines = new Map<DigitLine, Line>();
    const calls = new Map<string, KnownCall>();
    for (const { facts, extract } of pages) {
      for (const line of extract.lines) {
        if (line.digits < LINE_DIGITS_MIN) continue;
        let known = lines.get(line);
        if (known === undefined) {
          const { text } = line;
          known = {
            text,
            above: line.before.split("\n"),
            teased: line.teased,
            runs: runsOf(text),
            pages: [],
          };
          lines.set(line, known);
          this.#lines.push(known);
        }
        if (known.pages.at(-1) !== facts.url) known.pages.push(facts.url);
      }
      for (const call of extract.calls) {
        const key = [call.from, call.calling, call.text, call.before, call.after].join("\n");
        let known = calls.get(key);
        if (known === undefined) {
          known = { call, calling: null, pages: [] };
          calls.set(key, known);
          this.#calls.push(known);
        }
        if (known.pages.at(-1) !== facts.url) known.pages.push(facts.url);
      }
    }
  }

  get isSpent(): boolean {
    return this.#numbers.isSpent;
  }

  /** Every number, read as in a region: those of links and structured data first. */
  in(region: string | undefined): readonly Mention[] {
    let mentions = this.#read.get(region);
    if (mentions === undefined) {
      mentions = this.#readAll(region);
      this.#read.set(region, mentions);
    }
    return mentions;
  }

  #readAll(region: string | undefined): Mention[] {
    const reading = { numbers: this.#numbers, region };
    const mentions: Mention[] = [];
    for (const known of this.#calls) {
      const { call, pages } = known;
      const numbers = readCalls(call, reading);
      if (numbers.length === 0) continue;
      if (known.calling === null)
        known.calling =
          call.calling ?? callingOfLink(fold(call.before), fold(call.after), call.from);
      const { calling } = known;
      for (const number of numbers)
        mentions.push({
          number,
          from: call.from,
          calling,
          name: () => nameOfCall(call),
          pages,
          international: true,
          weak: false,
          styled: false,
          isOthers: () => isOthersCall(call),
        });
    }
    for (const { text, above, teased, runs, pages } of this.#lines) {
      const nearest = above.at(-1) ?? "";
      for (const hit of numbersOfRuns(text, nearest, runs, reading))
        mentions.push({
          number: hit.number,
          from: "text",
          calling: hit.calling,
          name: () => nameBefore(text.slice(0, hit.start), nearest),
          pages,
          international: hit.international,
          weak: hit.weak,
          styled: hit.styled,
          isOthers: () => teased || isOthers(text.slice(0, hit.start), text.slice(hit.end), above),
        });
    }
    return mentions;
  }
}

function isOthersCall({ before, after }: Call): boolean {
  const lines = before.split("\n");
  return isOthers(lines.pop() ?? "", after, lines);
}

function nameOfCall({ label, before, after }: Call): string | null {
  if (label !== null) return label;
  const lines = fold(before.replaceAll("\n", " \n ")).split("\n");
  return (
    nameInside(fold(after)) ??
    nameBefore((lines.pop() ?? "").trimStart(), lines.map((line) => line.trim()).join("\n"))
  );
}

/** The words before a link, or its own text: "Fax: 612-555-0143" may be a link to call. */
function callingOfLink(before: string, after: string, from: Call["from"]): Calling {
  if (from !== "tel") return undefined;
  const own = /^[^\d+(]{1,40}/.exec(after)?.[0];
  const said = (own === undefined ? undefined : callingBefore(own)) ?? callingBefore(before);
  return said === "fax" ? "fax" : undefined;
}
