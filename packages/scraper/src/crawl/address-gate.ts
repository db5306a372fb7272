interface Door {
  inside: number;
  waiting: (() => void)[];
}

/** Lets at most so many visits of this process be at one network address at once. */
export class AddressGate {
  readonly #max: number;
  readonly #doors = new Map<string, Door>();

  constructor(max: number) {
    this.#max = max;
  }

  /** True when whoever enters now has to wait. */
  isFull(address: string): boolean {
    return (this.#doors.get(address)?.inside ?? 0) >= this.#max;
  }

  /** Waits for a place and gives back how to leave it. An aborted wait holds no place. */
  async enter(address: string, signal: AbortSignal): Promise<() => void> {
    const door = this.#doors.get(address) ?? { inside: 0, waiting: [] };
    this.#doors.set(address, door);
    if (door.inside < this.#max) door.inside++;
    else if (!(await queue(door, signal))) return () => {};
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = door.waiting.shift();
      // the place passes on: were it given back first, a newcomer could take it before the one who waited
      if (next !== undefined) next();
      else if (--door.inside === 0) this.#doors.delete(address);
    };
  }
}

/** True when it is this visit's turn, false when its signal fired first. */
function queue(door: Door, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const turn = () => {
      signal.removeEventListener("abort", giveUp);
      resolve(true);
    };
    const giveUp = () => {
      door.waiting.splice(door.waiting.indexOf(turn), 1);
      resolve(false);
    };
    door.waiting.push(turn);
    signal.addEventListener("abort", giveUp, { once: true });
  });
}
