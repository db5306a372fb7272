import type { LeadFacts } from "@scrapersky/outcome";

/** How many entries of each list of a lead are kept. */
const CAPS = {
  emails: 200,
  phones: 30,
  faxes: 10,
  people: 100,
  socials: 40,
  addresses: 20,
  technologies: 200,
} satisfies Partial<Record<keyof LeadFacts, number>>;

/** A list of the lead that is cut when it is too long. */
export type CappedList = keyof typeof CAPS;

/** Cuts the lists of one lead, and remembers which were cut. */
export class Caps {
  readonly #cut = new Set<CappedList>();

  cut<T>(name: CappedList, list: T[]): T[] {
    if (list.length <= CAPS[name]) return list;
    this.#cut.add(name);
    return list.slice(0, CAPS[name]);
  }

  /** For what was cut before it came here, such as the list of one page. */
  note(name: CappedList): void {
    this.#cut.add(name);
  }

  names(): string[] {
    return [...this.#cut].toSorted();
  }
}
