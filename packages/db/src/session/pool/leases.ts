import type { DatabaseHooks, LeakEvent } from "../config/hooks.ts";
import type { Slot } from "../wire/slot.ts";

interface Lease {
  what: LeakEvent["what"];
  since: number;
  /** Holds the stack of the call; it is formatted only when it is reported. */
  taken: Error;
  reported: boolean;
}

const OWN_FRAMES = /[\\/]session[\\/](?:\w+[\\/])?[\w-]+\.ts|node:internal/;

/** Connections lent for longer than one statement, and who holds them for too long. */
export class Leases {
  readonly #leases = new Map<Slot, Lease>();
  readonly #leakAfterMs: number;
  readonly #hooks: DatabaseHooks;

  constructor(leakAfterMs: number, hooks: DatabaseHooks) {
    this.#leakAfterMs = leakAfterMs;
    this.#hooks = hooks;
  }

  begin(slot: Slot, what: LeakEvent["what"], taken: Error): void {
    if (!this.#hooks.leak) return;
    this.#leases.set(slot, { what, since: performance.now(), taken, reported: false });
  }

  end(slot: Slot): void {
    this.#leases.delete(slot);
  }

  /** Reports each lease that is held for too long, once. */
  report(): void {
    const now = performance.now();
    for (const lease of this.#leases.values()) {
      const heldMs = now - lease.since;
      if (lease.reported || heldMs < this.#leakAfterMs) continue;
      lease.reported = true;
      const frames = (lease.taken.stack ?? "").split("\n").slice(1);
      const where = frames.filter((frame) => !OWN_FRAMES.test(frame)).join("\n");
      this.#hooks.leak?.({ what: lease.what, heldMs: Math.round(heldMs), where });
    }
  }
}
