import { pageKey } from "../url.ts";
import { pageTypeOf } from "./page-type.ts";
import { isTrap, isWorthless } from "./traps.ts";

const LANES = 40;
const QUEUE_MAX = 5_000;

interface Entry {
  address: string;
  key: string;
}

/** An address to read next. `listed`: the sitemap names it, and no page that was read does. */
interface Next {
  url: URL;
  listed: boolean;
}

/** Addresses still to read, the most telling first: contact, about and legal pages, then short paths. Each page once. */
export class Frontier {
  readonly #lanes: Entry[][] = Array.from({ length: LANES }, () => []);
  /** What only the sitemap names, once that has turned out to name what is not there. */
  readonly #last: Entry[] = [];
  readonly #listedOnly = new Set<string>();
  #listedLast = false;
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
    if (!listed) this.#listedOnly.delete(key);
    if (this.#size >= QUEUE_MAX || this.#known.has(key)) return;
    this.#known.add(key);
    const url = new URL(address);
    if (isWorthless(url) || isTrap(url) || this.#isRepetitive(url)) return;
    if (listed) this.#listedOnly.add(key);
    this.#lanes[laneOf(url, listed)]?.push({ address, key });
    this.#size++;
  }

  /** A sitemap whose addresses fail is believed after the pages themselves. */
  distrustList(): void {
    this.#listedLast = true;
  }

  next(): Next | undefined {
    for (const lane of this.#lanes) {
      for (let entry = lane.shift(); entry !== undefined; entry = lane.shift()) {
        if (!this.#listedLast || !this.#listedOnly.has(entry.key)) return this.#take(entry);
        this.#last.push(entry);
      }
    }
    const entry = this.#last.shift();
    return entry && this.#take(entry);
  }

  #take({ address, key }: Entry): Next {
    this.#size--;
    return { url: new URL(address), listed: this.#listedOnly.has(key) };
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
