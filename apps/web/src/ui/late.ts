import { type ComponentType, lazy, type LazyExoticComponent } from "react";

/** Waits between tries, the last one from then on. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/** Asks for a script until it can be had. */
export async function persist<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await load();
    } catch {
      const ms = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)];
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
}

/**
 * A part of a page whose script comes when it is drawn. Where that cannot be had, what stands in its place stays, and the
 * page goes on without it; React's own `lazy` would take the whole page down.
 */
export const late = <Props>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> => lazy(() => persist(load));
