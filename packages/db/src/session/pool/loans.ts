import type { DatabaseHooks, LeakEvent } from "../config/hooks.ts";
import type { Slot } from "../wire/slot.ts";

interface Loan {
  what: LeakEvent["what"];
  since: number;
  /** Holds the stack of the call; it is formatted only when it is reported. */
  taken: Error;
  reported: boolean;
}

const OWN_FRAMES = /[\\/]session[\\/](?:\w+[\\/])?[\w-]+\.ts|node:internal/;

/** Connections lent for longer than one statement, and who holds them for too long. */
export class Loans {
  readonly #loans = new Map<Slot, Loan>();
  readonly #leakAfterMs: number;
  readonly #hooks: DatabaseHooks;

  constructor(leakAfterMs: number, hooks: DatabaseHooks) {
    this.#leakAfterMs = leakAfterMs;
    this.#hooks = hooks;
  }

  begin(slot: Slot, what: LeakEvent["what"], taken: Error): void {
    if (!this.#hooks.leak) return;
    this.#loans.set(slot, { what, since: performance.now(), taken, reported: false });
  }

  end(slot: Slot): void {
    this.#loans.delete(slot);
  }

  /** Reports each loan that is held for too long, once. */
  report(): void {
    const now = performance.now();
    for (const loan of this.#loans.values()) {
      const heldMs = now - loan.since;
      if (loan.reported || heldMs < this.#leakAfterMs) continue;
      loan.reported = true;
      const frames = (loan.taken.stack ?? "").split("\n").slice(1);
      const where = frames.filter((frame) => !OWN_FRAMES.test(frame)).join("\n");
      this.#hooks.leak?.({ what: loan.what, heldMs: Math.round(heldMs), where });
    }
  }
}
