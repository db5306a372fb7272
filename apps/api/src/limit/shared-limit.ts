import { type RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Window } from "./limit-store.ts";

/** How a caller stands after a call. */
export interface Standing {
  name: string;
  window: Window;
  admitted: boolean;
  /** Points that may be had yet. */
  left: number;
  /** Milliseconds until there are all again. */
  resetMs: number;
}

/** Points that this process took for a caller and has not given away yet. */
interface Block {
  left: number;
  /** Points of the window that nobody had taken when this process last asked. */
  beyond: number;
  endsAt: number;
}

/** A block is this part of a window, and no more than so many points. */
const BLOCKS_PER_WINDOW = 60;
const BLOCK_MAX = 20;
/** Callers that are remembered; of the others is asked again. */
const CALLERS_MAX = 20_000;

/**
 * A limit that all apis of a database share. Each takes points in blocks and gives them to calls from its own memory, so that the
 * database is asked once for each block. What is given away was taken, so nobody gets more than the limit; what other
 * processes hold back is missing, so a caller who goes to n apis may get up to (n - 1) × (block - 1) points less.
 */
export class SharedLimit {
  readonly name: string;
  readonly window: Window;
  readonly #counter: Pick<RateLimiterPostgres, "consume">;
  readonly #now: () => number;
  readonly #blocks = new Map<string, Block>();
  readonly #asking = new Map<string, Promise<void>>();

  constructor(
    name: string,
    window: Window,
    counter: Pick<RateLimiterPostgres, "consume">,
    now: () => number = Date.now,
  ) {
    this.name = name;
    this.window = window;
    this.#counter = counter;
    this.#now = now;
  }

  get block(): number {
    return Math.min(BLOCK_MAX, Math.ceil(this.window.points / BLOCKS_PER_WINDOW));
  }

  async take(caller: string, points: number): Promise<Standing> {
    for (;;) {
      const block = this.#blockOf(caller);
      if (block && block.left >= points) {
        block.left -= points;
        return this.#standing(block, true);
      }
      if (block?.beyond === 0) return this.#standing(block, false);
      await this.#askOnce(caller, points);
    }
  }

  #blockOf(caller: string): Block | undefined {
    const block = this.#blocks.get(caller);
    if (!block || block.endsAt > this.#now()) return block;
    this.#blocks.delete(caller);
    return undefined;
  }

  #standing({ left, beyond, endsAt }: Block, admitted: boolean): Standing {
    const { name, window } = this;
    return { name, window, admitted, left: left + beyond, resetMs: endsAt - this.#now() };
  }

  /** Calls that come at once wait for one answer. */
  #askOnce(caller: string, points: number): Promise<void> {
    const asking =
      this.#asking.get(caller) ??
      this.#ask(caller, Math.max(this.block, points)).finally(() => this.#asking.delete(caller));
    this.#asking.set(caller, asking);
    return asking;
  }

  async #ask(caller: string, points: number): Promise<void> {
    const counted = await this.#counter.consume(caller, points).catch((refused: unknown) => {
      if (refused instanceof RateLimiterRes) return refused;
      throw refused;
    });
    const { consumedPoints, msBeforeNext } = counted;
    const before = consumedPoints - points;
    const granted = Math.min(points, Math.max(0, this.window.points - before));
    // A window that has just begun knows nothing of what was left of the last one.
    const left = before === 0 ? 0 : (this.#blockOf(caller)?.left ?? 0);
    this.#blocks.delete(caller);
    this.#blocks.set(caller, {
      left: left + granted,
      beyond: Math.max(0, this.window.points - consumedPoints),
      endsAt: this.#now() + Math.max(1, msBeforeNext),
    });
    this.#forget();
  }

  #forget(): void {
    if (this.#blocks.size <= CALLERS_MAX) return;
    for (const [caller, { endsAt }] of this.#blocks) {
      if (endsAt <= this.#now()) this.#blocks.delete(caller);
    }
    // The one that has not been asked for longest.
    for (const caller of this.#blocks.keys()) {
      if (this.#blocks.size <= CALLERS_MAX) break;
      this.#blocks.delete(caller);
    }
  }
}
