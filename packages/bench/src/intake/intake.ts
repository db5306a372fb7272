import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { measured } from "../env.ts";
import type { Report } from "../report.ts";
import { CONTENDER_CORE, spawnOn } from "../scrape/processes.ts";

export interface IntakeReading {
  form: string;
  /** Milliseconds of processor time for half of the list, and for the whole. */
  halfMs: number;
  wholeMs: number;
  /** The longest time between two pauses. */
  sliceMs: number;
  /** Lines that were read; those of a longer list are left out. */
  lines: number;
}

const LENGTH = 10_000_000;
/** Quicker readings are noise: their growth says nothing. */
const NOISE_MS = 20;

/** How long lists of ten megabytes take to read and sort, whatever they are written in, and in which slices. */
export async function benchIntake(scale: number): Promise<Report> {
  const script = join(import.meta.dirname, "read-forms.ts");
  const child = spawnOn(CONTENDER_CORE, [script, String(LENGTH * scale)], measured);
  const [said, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`read-forms.ts ended with code ${code}; its message is above.`);
  const readings = JSON.parse(said) as IntakeReading[];
  const growth = ({ halfMs, wholeMs }: IntakeReading) => wholeMs / Math.max(halfMs, NOISE_MS);
  return {
    name: "intake",
    results: readings.flatMap((reading) => [
      { who: reading.form, what: "CPU", value: reading.wholeMs, unit: "ms" },
      { who: reading.form, what: "growth", value: growth(reading), unit: "" },
      { who: reading.form, what: "longest slice", value: reading.sliceMs, unit: "ms" },
      { who: reading.form, what: "lines", value: reading.lines, unit: "" },
    ]),
    ratios: {
      worstIntakeMs: Math.max(...readings.map(({ wholeMs }) => wholeMs)),
      worstIntakeGrowth: Math.max(...readings.map(growth)),
      worstIntakeSliceMs: Math.max(...readings.map(({ sliceMs }) => sliceMs)),
    },
    notes: [
      `Lists of ${((LENGTH * scale) / 1_000_000).toFixed(1)} MB read and sorted as the preview and the server do: the least of five rounds.`,
      `Growth is the time for the whole list to that for half of it, or to ${NOISE_MS} ms where that is longer: 2 is linear, 4 quadratic.`,
    ],
  };
}
