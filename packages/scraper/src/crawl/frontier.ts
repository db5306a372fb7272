import { pageKey } from "../url.ts";
import { pageTypeOf } from "./page-type.ts";
import { isTrap, isWorthless } from "./traps.ts";

const LANES = 40;
const QUEUE_MAX = 5_000;

/** Addresses still to read, the most telling first: contact, about and legal pages, then short paths. Each page once. */
export class Frontier {
  readonly #lanes: string[][] = Array.from({ length: LANES }, () => []);
  readonly #known = new Set<string>();
  readonly #read = new Set<string>();
  readonly #patterns = new Map<string, number>();
  readonly #patternMax: number;
  #size = 0;

  /** @param patternMax how many addresses may differ in nothing but the value of a parameter that names pages */
  constructor(patternMax: number) {
    this.#patternMax = patternMax;
  }

  /** Marks a page as read, whatever address led there. False when it already was. */
  claim(address: string): boolean {
    const key = pageKey(address);
    this.#known.add(key);
    if (this.#read.has(key)) return false;
    this.#read.add(key);
    return true;
  }

  /** Takes a normalised address and its key; `listed` says that a sitemap names it. */
  add(address: string, key: string, listed = false): void {
    if (this.#size >= QUEUE_MAX || this.#known.has(key)) return;
    this.#known.add(key);
    const url = new URL(address);
    if (isWorthless(url) || isTrap(url) || this.#isRepetitive(url)) return;
    this.#lanes[laneOf(url, listed)]?.push(address);
    this.#size++;
  }

  next(): URL | undefined {
    for (const lane of this.#lanes) {
      const address = lane.shift();
      if (address !== undefined) {
        this.#size--;
        return new URL(address);
      }
    }
    return undefined;
  }

  /** Calendars and filters make endless addresses from one path: one per set of parameter names is enough. */
  #isRepetitive(url: URL): boolean {
    if (url.search === "") return false;
    const names = [...url.searchParams.keys()];
    const pattern = `${url.pathname}?${names.join("&")}`;
    const count = (this.#patterns.get(pattern) ?? 0) + 1;
    this.#patterns.set(pattern, count);
    const namesPages =
      names.length === 1 && /^(?:p|page|page_id|id|seite|site|content|view)$/i.test(names[0] ?? "");
    return count > (namesPages ? this.#patternMax : 1);
  }
}

function laneOf(url: URL, listed: boolean): number {
  const type = pageTypeOf(url);
  const depth = url.pathname.split("/").filter(Boolean).length;
  const telling = type === "contact" ? 0 : type === "about" ? 1 : type === "legal" ? 2 : 6;
  // what the owner lists exists and matters; posts are many and tell little of the business
  const late = (type === "blog" ? 4 : 0) - (listed ? 2 : 0);
  const lane =
    telling + depth * 3 + late + (url.search === "" ? 0 : 8) + (url.pathname.length > 60 ? 3 : 0);
  return Math.min(LANES - 1, Math.max(0, lane));
}
