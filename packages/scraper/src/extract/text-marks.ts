const EDGES_MAX = 100_000;
const RANGES_MAX = 100;
/** An element that is longer is not closed where it was meant to be, or is no piece of the page but all of it. */
const LENGTHS_MAX = { hidden: 300, reversed: 300, code: Infinity, quoted: 5_000, teaser: 1_500 };

/** A stretch of the text, between two of its places. */
export interface Range {
  start: number;
  end: number;
}

/** How a stretch differs from the text around it; a teaser is the beginning of an article that stands elsewhere. */
export type Manner = "hidden" | "reversed" | "code" | "quoted" | "teaser";

/** What the markup said of places in the text of a page: where elements begin and end within a line, and which stretches are shown otherwise. */
export class TextMarks {
  /** Twice the place, plus one where a link begins or ends; ascending. */
  readonly #edges: number[] = [];
  readonly #ranges: Record<Manner, Range[]> = {
    hidden: [],
    reversed: [],
    code: [],
    quoted: [],
    teaser: [],
  };
  /** Places of an "@" that was an entity. */
  readonly encoded = new Set<number>();
  /** Places of an "@" that was a picture. */
  readonly drawn = new Set<number>();

  /** An inline element begins or ends here. */
  edge(place: number, isLink: boolean): void {
    const last = this.#edges.at(-1);
    if (last !== undefined && last >> 1 === place) {
      if (isLink) this.#edges[this.#edges.length - 1] = last | 1;
      return;
    }
    if (this.#edges.length < EDGES_MAX) this.#edges.push((place << 1) | (isLink ? 1 : 0));
  }

  range(manner: Manner, start: number, end: number): void {
    const list = this.#ranges[manner];
    if (end <= start || list.length >= RANGES_MAX) return;
    if (end - start <= LENGTHS_MAX[manner]) list.push({ start, end });
  }

  ranges(manner: Manner): readonly Range[] {
    return this.#ranges[manner];
  }

  /** Whether any of a stretch is in a range of this manner. */
  touches(manner: Manner, start: number, end: number): boolean {
    return this.#ranges[manner].some((range) => start < range.end && range.start < end);
  }

  /** Whether a place is in one of several teasers: a single one may be the page. */
  isTeased(place: number): boolean {
    return this.#ranges.teaser.length > 1 && this.touches("teaser", place, place + 1);
  }

  /** Edges strictly within a stretch, ascending. */
  edgesWithin(start: number, end: number): { place: number; isLink: boolean }[] {
    let low = 0;
    let high = this.#edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#edges[middle] as number) >> 1 <= start) low = middle + 1;
      else high = middle;
    }
    const found: { place: number; isLink: boolean }[] = [];
    for (let index = low; index < this.#edges.length; index++) {
      const edge = this.#edges[index] as number;
      if (edge >> 1 >= end) break;
      found.push({ place: edge >> 1, isLink: (edge & 1) === 1 });
    }
    return found;
  }
}
