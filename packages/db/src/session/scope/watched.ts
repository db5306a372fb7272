/** What is made of an answer, or of the failure to get one. */
export interface Making<A, T> {
  make(answer: A): T;
  /** What a failure becomes; it throws. */
  refuse?: ((error: unknown) => never) | undefined;
}

/** Hears of failures that nobody looked at when a scope ends. */
export class Watcher {
  #failed: Map<Watched<unknown>, unknown> | undefined;

  /**
   * What is made of an answer, as a promise whose failure is not lost when it is forgotten: it is no
   * unhandled rejection, and the watcher knows of it.
   */
  watch<A, T>(answer: Promise<A>, { make, refuse }: Making<A, T>): Promise<T> {
    const watched: Watched<T> = new Watched((resolve, reject) => {
      const fail = (error: unknown) => {
        this.#failed ??= new Map();
        this.#failed.set(watched, error);
        watched.silence();
        reject(error);
      };
      answer.then(
        (value) => {
          try {
            resolve(make(value));
          } catch (error) {
            fail(error);
          }
        },
        (error: unknown) => {
          try {
            refuse?.(error);
            fail(error);
          } catch (told) {
            fail(told);
          }
        },
      );
    });
    watched.watcher = this;
    return watched;
  }

  /** The same for what comes of such a promise. */
  goOn<T>(next: Promise<T>): Promise<T> {
    return this.watch(next, { make: (value) => value });
  }

  /** The first failure that nobody has looked at until now. */
  unseen(): { error: unknown } | undefined {
    for (const [watched, error] of this.#failed ?? []) if (!watched.seen) return { error };
    return undefined;
  }
}

/** A promise that knows whether somebody called its `then`, as `await` does for a subclass of Promise. */
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
    return onFailure || !this.watcher ? next : this.watcher.goOn(next);
  }

  override finally(onEnd?: (() => void) | null): Promise<T> {
    const next = super.finally(onEnd);
    return this.watcher ? this.watcher.goOn(next) : next;
  }

  /** Forgotten, it is no unhandled rejection. */
  silence(): void {
    super.then(undefined, () => {});
  }
}
