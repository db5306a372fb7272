import { once } from "node:events";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import type { Report } from "../report.ts";
import { CONTENDER_CORE, spawnOn } from "../scrape/processes.ts";
import { measured } from "../env.ts";

interface EvilReading {
  /** What the page repeats. */
  piece: string;
  /** Milliseconds of processor time for half a megabyte of it, and for a whole one. */
  halfMs: number;
  wholeMs: number;
}

export interface EvilReadings {
  pages: EvilReading[];
  /** The longest that a visit took to end after its signal, while a site kept it waiting. */
  endMs: number;
}

/** Quicker readings are noise: their growth says nothing. */
const NOISE_MS = 10;

/** How long pages take that are made to be read slowly, and whether twice the page takes more than twice the time. */
export async function benchEvil(): Promise<Report> {
  const child = spawnOn(CONTENDER_CORE, [join(import.meta.dirname, "read-evil.ts")], measured);
  const [said, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`read-evil.ts ended with code ${code}; its message is above.`);
  const { pages: readings, endMs } = JSON.parse(said) as EvilReadings;
  const growth = ({ halfMs, wholeMs }: EvilReading) => wholeMs / Math.max(halfMs, NOISE_MS);
  return {
    name: "evil",
    results: readings.flatMap((reading) => {
      const who = JSON.stringify(reading.piece);
      return [
        { who, what: "0.5 MB", value: reading.halfMs, unit: "ms" },
        { who, what: "1 MB", value: reading.wholeMs, unit: "ms" },
        { who, what: "growth", value: growth(reading), unit: "" },
      ];
    }),
    ratios: {
      evilMegabyteMsMax: Math.max(...readings.map(({ wholeMs }) => wholeMs)),
      evilGrowthMax: Math.max(...readings.map(growth)),
      visitEndMsMax: endMs,
    },
    notes: [
      "Pages of one piece again and again, read by scrape(): processor time of a whole visit, the least of seven.",
      `Growth is the time for 1 MB to that for half of it, or to ${NOISE_MS} ms where that is longer: 2 is linear, 4 quadratic.`,
    ],
  };
}
