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

  /** The last so many bytes, or what there is; cheap when one chunk holds them. */
  last(count: number): Buffer {
    const last = this.#chunks.at(-1);
    const enough = last !== undefined && last.length >= count;
    return (enough ? last : this.bytes()).subarray(-count);
  }
}
