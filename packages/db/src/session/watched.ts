/** Hears of failures that nobody looked at when a scope ends. */
export class Watcher {
  readonly #failed = new Map<Watched<unknown>, unknown>();

  /**
   * The same promise, as one whose failure is not lost when it is forgotten: it ends no process, and the
   * watcher knows of it. Whoever hands it on hands this on too.
   */
  watch<T>(made: Promise<T>): Promise<T> {
    const watched: Watched<T> = new Watched((resolve, reject) => {
      made.then(resolve, (error: unknown) => {
        this.#failed.set(watched, error);
        watched.silence();
        reject(error);
      });
    });
    watched.watcher = this;
    return watched;
  }

  /** The first failure that nobody has looked at until now. */
  unseen(): { error: unknown } | undefined {
    for (const [watched, error] of this.#failed) if (!watched.seen) return { error };
    return undefined;
  }
}

/** A promise that knows whether somebody listens to it. `await` asks a class of its own for `then`. */
class Watched<T> extends Promise<T> {
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  seen = false;
  watcher: Watcher | undefined;

  // oxlint-disable-next-line unicorn/no-thenable -- a promise has one; this is how it hears who listens
  override then<Ok = T, Bad = never>(
    onOk?: ((value: T) => Ok | PromiseLike<Ok>) | null,
    onFailure?: ((reason: unknown) => Bad | PromiseLike<Bad>) | null,
  ): Promise<Ok | Bad> {
    this.seen = true;
    const next = super.then(onOk, onFailure);
    // A failure that nobody handles here is one of what comes of it.
    return onFailure || !this.watcher ? next : this.watcher.watch(next);
  }

  override finally(onEnd?: (() => void) | null): Promise<T> {
    const next = super.finally(onEnd);
    return this.watcher ? this.watcher.watch(next) : next;
  }

  /** Nobody listening is no unhandled rejection. */
  silence(): void {
    super.then(undefined, () => {});
  }
}
