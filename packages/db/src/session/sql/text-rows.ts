/** A cell as bytes of UTF-8 from `from` up to `to`, both -1 where there is none. */
export type TakeCell = (bytes: Buffer, from: number, to: number, column: number) => void;

/**
 * Rows of texts as they arrived: bytes, of which a text is made for whoever asks for one. Many rows cost little that way
 * where most of them are only passed on.
 */
export class TextRows implements Iterable<(string | null)[]> {
  readonly #columns: number;
  readonly #pieces: Buffer[] = [];
  /** Of each row the piece it is in, and where its first cell begins. */
  readonly #places: number[] = [];

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Another row, whose cells begin there as the protocol has them: a length, and as many bytes. */
  add(bytes: Buffer, at: number): void {
    if (this.#pieces.at(-1) !== bytes) this.#pieces.push(bytes);
    this.#places.push(this.#pieces.length - 1, at);
  }

  get length(): number {
    return this.#places.length / 2;
  }

  /** Hands over the first so many cells of a row, in the order of the columns. */
  cells(row: number, take: TakeCell, columns = this.#columns): void {
    const bytes = this.#pieces[this.#places[row * 2]!]!;
    let at = this.#places[row * 2 + 1]!;
    for (let column = 0; column < columns; column++) {
      const length = bytes.readInt32BE(at);
      at += 4;
      if (length < 0) take(bytes, -1, -1, column);
      else take(bytes, at, (at += length), column);
    }
  }

  /** @returns undefined when there is no such row; of a negative number as many before the end */
  at(row: number): (string | null)[] | undefined {
    const index = row < 0 ? this.length + row : row;
    if (index < 0 || index >= this.length) return undefined;
    const texts: (string | null)[] = [];
    this.cells(index, (bytes, from, to) => {
      texts.push(from < 0 ? null : bytes.toString("utf8", from, to));
    });
    return texts;
  }

  *[Symbol.iterator](): Generator<(string | null)[], void> {
    for (let row = 0; row < this.length; row++) yield this.at(row)!;
  }
}
