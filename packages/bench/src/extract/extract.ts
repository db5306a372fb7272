import { once } from "node:events";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { measured } from "../env.ts";
import type { Report } from "../report.ts";
import { CONTENDER_CORE, spawnOn } from "../scrape/processes.ts";
import { ratiosOf, type Reading, scoreReadings } from "./score.ts";

/** The saved sites that come with the project. */
export const CORPUS = resolve(import.meta.dirname, "../../corpus");

/** How much of what a reader finds on saved sites a visit finds, and how much of what it finds is so. */
export async function benchExtract(folder = CORPUS): Promise<Report> {
  const child = spawnOn(
    CONTENDER_CORE,
    [join(import.meta.dirname, "read-corpus.ts"), folder],
    measured,
  );
  const [said, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    once(child, "close") as Promise<[number | null]>,
  ]);
  if (code !== 0) throw new Error(`read-corpus.ts ended with code ${code}; its message is above.`);
  const readings: Reading[] = JSON.parse(said);
  const scores = scoreReadings(readings);
  const ratios = ratiosOf(scores);
  return {
    name: "extract",
    results: scores.flatMap(({ field: who, expected, found, right }) => [
      { who, what: "expected", value: expected, unit: "" },
      { who, what: "found", value: found, unit: "" },
      { who, what: "right", value: right, unit: "" },
      { who, what: "precision", value: ratios[`${who}Precision`] ?? right / expected, unit: "" },
      { who, what: "recall", value: ratios[`${who}Recall`] ?? right / expected, unit: "" },
    ]),
    ratios,
    notes: [
      `${readings.length} saved sites, served on loopback and visited by scrape(); - is lost, + is not so.`,
      ...scores.flatMap(({ field, misses }) =>
        misses.length === 0 ? [] : ["", field, ...misses.map((miss) => `  ${miss}`)],
      ),
    ],
  };
}
