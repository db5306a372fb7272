/** How measurements of a short window lie, milliseconds. */
export interface Spread {
  /** How many there were. */
  count: number;
  p50: number;
  p95: number;
  max: number;
}

/** The newest measurements of a short window, in a bounded room. */
export interface Samples {
  add(ms: number): void;
  /** Undefined while there are none. */
  read(): Spread | undefined;
}

/**
 * @param windowMs what is older does not count any more
 * @param most of more the newest count
 * @param now a clock in milliseconds that never goes back
 */
export function createSamples(
  { windowMs, most }: { windowMs: number; most: number },
  now: () => number = () => performance.now(),
): Samples {
  const values = new Float64Array(most);
  const times = new Float64Array(most);
  let added = 0;
  return {
    add(ms) {
      values[added % most] = ms;
      times[added % most] = now();
      added++;
    },
    read() {
      const since = now() - windowMs;
      const kept = values
        .subarray(0, Math.min(added, most))
        .filter((_, at) => (times[at] ?? 0) > since)
        .sort();
      if (kept.length === 0) return undefined;
      const at = (share: number): number => kept[Math.ceil(share * kept.length) - 1] ?? 0;
      return { count: kept.length, p50: at(0.5), p95: at(0.95), max: at(1) };
    },
  };
}
