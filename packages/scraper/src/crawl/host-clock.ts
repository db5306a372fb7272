import { realTime, type Time } from "./pause.ts";

interface Lane {
  tail: Promise<void>;
  /** The time from which the host may be asked again. */
  freeAt: number;
  waiting: number;
}

const LANES_MAX = 5_000;

/** One request at a time per host and a pause between two, shared by every visit of the process. */
export class HostClock {
  readonly #lanes = new Map<string, Lane>();
  readonly time: Time;

  constructor(time: Time = realTime) {
    this.time = time;
  }

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
      const waitMs = lane.freeAt - this.time.now();
      if (waitMs > 0) await this.time.pause(waitMs, signal);
      const startedAt = this.time.now();
      const result = await task();
      const endedAt = this.time.now();
      lane.freeAt = endedAt + pauseAfter(endedAt - startedAt);
      return result;
    } finally {
      lane.waiting--;
      release();
    }
  }

  /** Leaves a host alone for so many milliseconds from now, or longer where it already has to. */
  hold(host: string, ms: number): void {
    if (ms <= 0) return;
    const lane = this.#laneOf(host);
    lane.freeAt = Math.max(lane.freeAt, this.time.now() + ms);
  }

  /** Milliseconds for which a host is to be left alone yet. */
  pauseOf(host: string): number {
    return Math.max(0, (this.#lanes.get(host)?.freeAt ?? 0) - this.time.now());
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
    const now = this.time.now();
    for (const [host, lane] of this.#lanes)
      if (lane.waiting === 0 && lane.freeAt <= now) this.#lanes.delete(host);
  }
}
