import {
  findHostPauses,
  type HostPause,
  keepNetworkPlaces,
  leaveAllNetworkPlaces,
  leaveNetworkPlaces,
  type NetworkPlace,
  pauseHosts,
  takeNetworkPlaces,
} from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";
import { step } from "./step.ts";

/** What all workers share. */
export interface PlaceStore {
  /** So many places of each address as are free. */
  take(
    wanted: readonly { address: string; count: number }[],
  ): Promise<(NetworkPlace & { pauseMs: number })[]>;
  /** Keeps places for another lease. @returns those that were had yet */
  keep(places: readonly NetworkPlace[]): Promise<NetworkPlace[]>;
  leave(places: readonly (NetworkPlace & { pauseMs: number })[]): Promise<void>;
  leaveAll(): Promise<void>;
  pauseHosts(pauses: readonly HostPause[]): Promise<void>;
  findHostPauses(hosts: readonly string[]): Promise<HostPause[]>;
}

/** The places that all workers of a database share. Each of these is one statement. */
export const placeStore = (
  db: Db,
  { worker, most, leaseMs }: { worker: string; most: number; leaseMs: number },
): PlaceStore => ({
  take: (wanted) => step("places", () => takeNetworkPlaces(db, { worker, wanted, most, leaseMs })),
  keep: (places) => step("places", () => keepNetworkPlaces(db, { worker, places, leaseMs })),
  leave: (places) => step("places", () => leaveNetworkPlaces(db, worker, places)),
  leaveAll: () => step("places", () => leaveAllNetworkPlaces(db, worker)),
  pauseHosts: (pauses) => step("places", () => pauseHosts(db, pauses)),
  findHostPauses: (hosts) => step("places", () => findHostPauses(db, hosts)),
});
