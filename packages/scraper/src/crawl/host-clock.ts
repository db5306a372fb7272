import { pause } from "./pause.ts";

interface Lane {
  tail: Promise<void>;
  /** performance.now() from which the host may be asked again. */
  freeAt: number;
  waiting: number;
}

const LANES_MAX = 5_000;

/** One request at a time per host and a pause between two, shared by every visit of the process. */
export class HostClock {
  readonly #lanes = new Map<string, Lane>();

  /** Runs `task` when the host is free. `pauseAfter` gives the milliseconds the host is left alone afterwards. */
  async turn<T>(
    host: string,
    signal: AbortSignal,
    task: () => Promise<T>,
    pauseAfter: (tookMs: number) => number,
  ): Promise<T> {
    const lane = this.#laneOf(host);
    const before = lane.tail;
    let release = () => {};
    lane.tail = new Promise<void>((resolve) => {
      release = resolve;
    });
    lane.waiting++;
    try {
      await before;
      const waitMs = lane.freeAt - performance.now();
      if (waitMs > 0) await pause(waitMs, signal);
      const startedAt = performance.now();
      const result = await task();
      const endedAt = performance.now();
      lane.freeAt = endedAt + pauseAfter(endedAt - startedAt);
      return result;
    } finally {
      lane.waiting--;
      release();
    }
  }

  #laneOf(host: string): Lane {
    let lane = this.#lanes.get(host);
    if (lane === undefined) {
      if (this.#lanes.size >= LANES_MAX) this.#forget();
      lane = { tail: Promise.resolve(), freeAt: 0, waiting: 0 };
      this.#lanes.set(host, lane);
    }
    return lane;
  }

  #forget(): void {
    const now = performance.now();
    for (const [host, lane] of this.#lanes)
      if (lane.waiting === 0 && lane.freeAt <= now) this.#lanes.delete(host);
  }
}
