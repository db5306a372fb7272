import { HostClock } from "../src/crawl/host-clock.ts";
import { realTime, type Time } from "../src/crawl/pause.ts";

/** A time that stands still but for pauses, which are over at once; it remembers them. */
export class ManualTime implements Time {
  readonly pauses: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  async pause(ms: number, signal: AbortSignal): Promise<void> {
    this.pauses.push(ms);
    if (!signal.aborted) this.#now += ms;
  }
}

/** Real pauses, of which it tells when one begins. */
export const clockThatTells = (began: () => void): HostClock =>
  new HostClock({
    now: () => realTime.now(),
    pause: (ms, signal) => {
      const over = realTime.pause(ms, signal);
      began();
      return over;
    },
  });
