/** One scrape per domain at a time in this process: two batches may name the same site. */
export class HostTurns {
  readonly #tails = new Map<string, Promise<unknown>>();

  /** Runs `work` after every earlier one for the same host has ended. */
  async take<T>(host: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(host) ?? Promise.resolve();
    const mine = before.then(work, work);
    const tail = mine.catch(() => {});
    this.#tails.set(host, tail);
    try {
      return await mine;
    } finally {
      if (this.#tails.get(host) === tail) this.#tails.delete(host);
    }
  }
}
