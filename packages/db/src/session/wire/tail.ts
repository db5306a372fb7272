/** The end of a stream of bytes, at least so many of them once that many have passed. */
export class Tail {
  readonly #length: number;
  #chunks: Buffer[] = [];
  #kept = 0;

  constructor(length: number) {
    this.#length = length;
  }

  /** Drops the oldest chunks while the rest is enough. A network that drips gives many small ones. */
  keep(chunk: Buffer): void {
    if (chunk.length >= this.#length) {
      // A copy: what is kept for its end must not hold a large whole.
      this.#chunks = [Buffer.from(chunk.subarray(-this.#length))];
      this.#kept = this.#length;
      return;
    }
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    while (this.#kept - this.#chunks[0]!.length >= this.#length) {
      this.#kept -= this.#chunks.shift()!.length;
    }
  }

  bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** What ends with the last so many bytes, or what there is; without a copy when one chunk holds them. */
  end(count: number): Buffer {
    const last = this.#chunks[this.#chunks.length - 1];
    return last !== undefined && last.length >= count ? last : this.bytes();
  }
}
