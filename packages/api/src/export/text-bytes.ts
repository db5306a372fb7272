/** Bytes of a text that is put together piece by piece, which grow as they need to. */
export class TextBytes {
  #bytes: Buffer;
  #end = 0;

  /** @param expected how many it will be */
  constructor(expected: number) {
    this.#bytes = Buffer.allocUnsafe(expected);
  }

  write(text: string): void {
    this.#keepFree(text.length * 3);
    this.#end += this.#bytes.write(text, this.#end);
  }

  /**
   * Takes over bytes of UTF-8 unless one of them is marked: by a mark of 1 wherever it stands, by one of 2 at the beginning.
   * @param marks by byte
   * @returns false when one was, and nothing was taken over
   */
  takeOver(bytes: Buffer, from: number, to: number, marks: Uint8Array): boolean {
    this.#keepFree(to - from);
    const out = this.#bytes;
    let end = this.#end;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      const mark = marks[byte]!;
      if (mark !== 0 && (mark === 1 || at === from)) return false;
      out[end++] = byte;
    }
    this.#end = end;
    return true;
  }

  get length(): number {
    return this.#end;
  }

  /** Takes back what was written behind the first so many. */
  cut(length: number): void {
    this.#end = length;
  }

  whole(): Buffer {
    return this.#bytes.subarray(0, this.#end);
  }

  #keepFree(bytes: number): void {
    if (this.#end + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#end + bytes));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}

/** Marks of these characters; see `takeOver`. */
export function marksOf(anywhere: string, atBeginning = ""): Uint8Array {
  const marks = new Uint8Array(256);
  for (const byte of Buffer.from(atBeginning)) marks[byte] = 2;
  for (const byte of Buffer.from(anywhere)) marks[byte] = 1;
  return marks;
}
