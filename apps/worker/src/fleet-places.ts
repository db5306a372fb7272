import type { HostPause, NetworkPlace } from "@scrapersky/api/services";
import type { Place, Places } from "@scrapersky/scraper";
import type { PlaceStore } from "./place-store.ts";
import { FLEET_TIMES, type FleetClock, type FleetTimes, realClock } from "./fleet-clock.ts";
import { backOff } from "./sleep.ts";

export interface FleetPlaces extends Places {
  /** Does now what is done three times a lease. */
  keep(): Promise<void>;
  /** Gives all places back. */
  close(): Promise<void>;
}

export interface FleetOptions {
  store: PlaceStore;
  /** Places of all workers at one address. */
  most: number;
  /** Between two requests of one place. */
  pauseMs: number;
  leaseMs: number;
  onError(error: unknown): void;
  onSuccess(): void;
  times?: Partial<FleetTimes>;
}

const POLL_MAX_MS = 10_000;
/** Shorter pauses of a host are over before another worker is there. */
const HOST_PAUSE_MIN_MS = 1_000;
/** A lease is renewed when so much of it is over. */
const KEEPS = 1 / 3;
/** A place ends here before it does for others, whose clock is the database's. */
const MARGIN = 0.2;

interface Slot extends NetworkPlace {
  validUntil: number;
  freeAt: number;
  takenAt: number;
  idleSince: number;
  visitor: Visitor | undefined;
}

interface Visitor {
  slot: Slot | undefined;
  arrived: () => void;
}

interface Door {
  slots: Slot[];
  waiting: Visitor[];
  /** Others come first until then. */
  askFrom: number;
}

const NOWHERE: Place = { hostPauseMs: 0, turn: () => Promise.resolve(), leave: () => {} };

/**
 * Places at network addresses that all workers share. They are asked for together, kept while visits follow one another, and handed
 * on within this worker without a word to the database. A place whose lease could not be renewed waits until there is one
 * again: to stand still is cheaper than to be at an address too often.
 */
export function createFleetPlaces(
  { store, most, pauseMs, leaseMs, onError, onSuccess, times: given }: FleetOptions,
  { now, sleep: pause }: FleetClock = realClock,
): FleetPlaces {
  const times = { ...FLEET_TIMES, ...given };
  const doors = new Map<string, Door>();
  const left: (NetworkPlace & { pauseMs: number })[] = [];
  const pausedHosts: HostPause[] = [];
  let hostAsks = new Map<string, ((pauseMs: number) => void)[]>();
  const closed = new AbortController();
  let woken: AbortController | undefined;
  let working: Promise<void> | undefined;
  let failures = 0;

  function doorOf(address: string): Door {
    const door = doors.get(address) ?? { slots: [], waiting: [], askFrom: 0 };
    doors.set(address, door);
    return door;
  }

  /** Hands places that are free to those who wait; says how many more these need. */
  function seat(door: Door): number {
    const at = now();
    for (const slot of door.slots) {
      if (door.waiting.length === 0) return 0;
      if (slot.visitor !== undefined || slot.validUntil <= at) continue;
      if (!isOld(slot, at)) give(door, slot);
    }
    const places = door.slots.filter(({ validUntil }) => validUntil > at).length;
    return Math.min(door.waiting.length, Math.max(0, most - places));
  }

  function give(door: Door, slot: Slot): void {
    const visitor = door.waiting.shift();
    if (visitor === undefined) return;
    slot.visitor = visitor;
    visitor.slot = slot;
    visitor.arrived();
  }

  function wake(): void {
    if (closed.signal.aborted) return;
    woken?.abort();
    working ??= work().finally(() => {
      working = undefined;
      if (hasWork()) wake();
    });
  }

  const isOld = ({ takenAt }: Slot, at: number): boolean => at - takenAt >= times.held;
  const isIdle = (slot: Slot): boolean => slot.visitor === undefined;
  const hasWork = (): boolean =>
    left.length + pausedHosts.length + hostAsks.size > 0 ||
    [...doors.values()].some(({ waiting, slots }) => waiting.length > 0 || slots.some(isIdle));

  async function work(): Promise<void> {
    await pause(times.gather, closed.signal);
    while (!closed.signal.aborted && hasWork()) {
      woken = new AbortController();
      const isAsking = await round();
      if (!hasWork()) return;
      const usual = isAsking ? times.poll : times.idle;
      const ms = backOff(usual, failures, POLL_MAX_MS) * (0.75 + Math.random() / 2);
      const news = failures === 0 ? [woken.signal] : [];
      await pause(ms, AbortSignal.any([...news, closed.signal]));
      if (woken.signal.aborted) await pause(times.gather, closed.signal);
    }
  }

  /** One turn of leaving and asking. @returns whether somebody waits yet */
  async function round(): Promise<boolean> {
    try {
      await tellWhatIsLeft();
      const isWaiting = await askForPlaces();
      await askForHosts();
      if (failures > 0) onSuccess();
      failures = 0;
      return isWaiting;
    } catch (error) {
      failures++;
      onError(error);
      return true;
    }
  }

  async function tellWhatIsLeft(): Promise<void> {
    const at = now();
    for (const [address, door] of doors) {
      const isWanted = door.waiting.length > 0;
      for (const slot of door.slots.filter(isIdle))
        if (isOld(slot, at) || (!isWanted && at - slot.idleSince >= times.idle)) drop(door, slot);
      if (door.slots.length === 0 && !isWanted) doors.delete(address);
    }
    if (pausedHosts.length > 0) {
      const pauses = pausedHosts.slice();
      await store.pauseHosts(pauses);
      pausedHosts.splice(0, pauses.length);
    }
    // where that fails, they end with their lease
    if (left.length > 0) await store.leave(left.splice(0));
  }

  function drop(door: Door, slot: Slot): void {
    door.slots.splice(door.slots.indexOf(slot), 1);
    const { address, place } = slot;
    left.push({ address, place, pauseMs: Math.max(0, slot.freeAt - now()) });
  }

  async function askForHosts(): Promise<void> {
    if (hostAsks.size === 0) return;
    const pauses = await store.findHostPauses([...hostAsks.keys()]);
    const byHost = new Map(pauses.map((pause) => [pause.host, pause.pauseMs]));
    const asks = hostAsks;
    hostAsks = new Map();
    for (const [host, answers] of asks) for (const answer of answers) answer(byHost.get(host) ?? 0);
  }

  async function askForPlaces(): Promise<boolean> {
    const at = now();
    const wanted: { address: string; count: number }[] = [];
    for (const [address, door] of doors) {
      door.slots = door.slots.filter((slot) => slot.validUntil > at);
      const count = seat(door);
      if (count > 0 && door.askFrom <= at) wanted.push({ address, count });
    }
    if (wanted.length > 0) {
      for (const { address, place, pauseMs: wait } of await store.take(wanted)) {
        const slot: Slot = {
          address,
          place,
          validUntil: at + leaseMs * (1 - MARGIN),
          freeAt: now() + wait,
          takenAt: now(),
          idleSince: now(),
          visitor: undefined,
        };
        const door = doorOf(address);
        door.slots.push(slot);
        give(door, slot);
      }
      for (const { address } of wanted) {
        const door = doorOf(address);
        if (door.waiting.length > 0) door.askFrom = now() + times.poll;
      }
    }
    return [...doors.values()].some(({ waiting }) => waiting.length > 0);
  }

  /** Waits for a place; false where the signal fired first. */
  function wait(
    address: string,
    visitor: Visitor,
    signal: AbortSignal,
    first: boolean,
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = () => {
        const { waiting } = doorOf(address);
        const at = waiting.indexOf(visitor);
        if (at !== -1) waiting.splice(at, 1);
        resolve(false);
      };
      visitor.arrived = () => {
        signal.removeEventListener("abort", giveUp);
        resolve(true);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      const { waiting } = doorOf(address);
      if (first) waiting.unshift(visitor);
      else waiting.push(visitor);
      wake();
    });
  }

  function goneFrom(visitor: Visitor): void {
    const { slot } = visitor;
    visitor.slot = undefined;
    if (slot === undefined || slot.visitor !== visitor) return;
    slot.visitor = undefined;
    slot.idleSince = now();
    const door = doorOf(slot.address);
    if (!door.slots.includes(slot)) return;
    if (isOld(slot, now())) {
      drop(door, slot);
      if (door.waiting.length > 0) door.askFrom = now() + times.poll;
    } else if (slot.validUntil > now()) {
      give(door, slot);
    }
    wake();
  }

  async function turn(address: string, visitor: Visitor, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { slot } = visitor;
      if (slot === undefined || slot.validUntil <= now()) {
        if (slot !== undefined) slot.visitor = undefined;
        visitor.slot = undefined;
        await wait(address, visitor, signal, true);
        continue;
      }
      const ms = slot.freeAt - now();
      if (ms <= 0) {
        slot.freeAt = now() + pauseMs;
        return;
      }
      await pause(ms, signal);
    }
  }

  async function keep(): Promise<void> {
    const slots = [...doors.values()].flatMap((door) => door.slots);
    if (slots.length === 0) return;
    const at = now();
    const kept = new Set(
      (await store.keep(slots)).map(({ address, place }) => `${place} ${address}`),
    );
    for (const slot of slots)
      slot.validUntil = kept.has(`${slot.place} ${slot.address}`) ? at + leaseMs * (1 - MARGIN) : 0;
  }

  const keeper = setInterval(() => {
    keep().catch(onError);
  }, leaseMs * KEEPS);
  keeper.unref();

  return {
    async enter({ address, host }, signal, onWaiting) {
      if (signal.aborted || closed.signal.aborted) return NOWHERE;
      const hostPause = new Promise<number>((resolve) => {
        hostAsks.set(host, [...(hostAsks.get(host) ?? []), resolve]);
        signal.addEventListener("abort", () => resolve(0), { once: true });
      });
      const visitor: Visitor = { slot: undefined, arrived: () => {} };
      const seated = wait(address, visitor, signal, false);
      // whoever has to wait for others knows it when the host's pause is known
      const hostPauseMs = await hostPause;
      const isWaiting = visitor.slot === undefined && !signal.aborted;
      if (isWaiting) onWaiting(true);
      const isSeated = await seated;
      if (isWaiting) onWaiting(false);
      if (!isSeated) return NOWHERE;
      return {
        hostPauseMs,
        turn: (during) => turn(address, visitor, during),
        leave(pauseHostMs) {
          if (pauseHostMs >= HOST_PAUSE_MIN_MS) pausedHosts.push({ host, pauseMs: pauseHostMs });
          goneFrom(visitor);
        },
      };
    },
    keep,
    async close() {
      clearInterval(keeper);
      closed.abort();
      await working;
      await store.leaveAll();
    },
  };
}
