/** Longer texts were most likely written for one use. */
const TEXT_LENGTH_MAX = 10_000;

/** What was worked out about the text of a statement: most statements come again. */
export class TextCache<T> {
  readonly #known = new Map<string, T>();
  readonly #max: number;

  /** @param max texts known at once; one more makes it begin anew */
  constructor(max: number) {
    this.#max = max;
  }

  get(text: string): T | undefined {
    return this.#known.get(text);
  }

  keep(text: string, value: T): T {
    if (text.length > TEXT_LENGTH_MAX) return value;
    if (this.#known.size >= this.#max) this.#known.clear();
    this.#known.set(text, value);
    return value;
  }
}
