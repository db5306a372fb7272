import { VISITS_PER_ADDRESS_MAX } from "../limits.ts";
import { AddressGate } from "./address-gate.ts";

/** A visit's place at a network address: its right to have one request there at a time. */
export interface Place {
  /** Milliseconds for which the host is to be left alone yet: a visit before this one, of another process, ended so. */
  hostPauseMs: number;
  /** Waits until a request may be sent. Never rejects: whoever is aborted looks at the signal itself. */
  turn(signal: AbortSignal): Promise<void>;
  /** @param hostPauseMs for which the host is to be left alone from now on */
  leave(hostPauseMs: number): void;
}

/** Where visits get their places, so that a network address is not asked for too much at once: shared hosts carry thousands of sites. */
export interface Places {
  /**
   * Waits for a place; an aborted wait resolves too, and holds none. `onWaiting` is told when others have to leave first, and when
   * it goes on.
   */
  enter(
    at: { address: string; host: string },
    signal: AbortSignal,
    onWaiting: (waiting: boolean) => void,
  ): Promise<Place>;
}

const gate = new AddressGate(VISITS_PER_ADDRESS_MAX);

/** For a process that knows of no others. */
export const ownPlaces: Places = {
  async enter({ address }, signal, onWaiting) {
    const waits = gate.isFull(address);
    if (waits) onWaiting(true);
    const leave = await gate.enter(address, signal);
    if (waits) onWaiting(false);
    return { hostPauseMs: 0, turn: () => Promise.resolve(), leave };
  },
};
