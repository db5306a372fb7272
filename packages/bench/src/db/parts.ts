import type { Result } from "../report.ts";
import type { Question } from "./contender-process.ts";
import { PARTS } from "./contenders.ts";
import { type Load, median, ratioOfRounds, rotated } from "./load.ts";
import { type Program, startProgram } from "./programs.ts";

const ROUNDS = 9;
const HEAT: Question = { delayed: false, callers: 32, ms: 500, settleMs: 60 };

type Part = keyof typeof PARTS;

/** What each part of Drizzle that the factory does by itself is worth: the factory with it to the factory without. */
export async function partFigures(
  url: string,
): Promise<{ results: Result[]; ratios: Record<string, number> }> {
  const runners: [Part, Program][] = [];
  const loads: Record<Part, Load[]> = {
    ours: [],
    stockDialect: [],
    stockMapper: [],
    hundred: [],
    hundredStockMapper: [],
  };
  try {
    for (const [part, { who }] of Object.entries(PARTS)) {
      runners.push([part as Part, await startProgram("contender-process.ts", [who, url, url])]);
    }
    for (const [, runner] of runners) await runner.ask({ ...HEAT, ms: 1_000 });
    for (let round = 0; round < ROUNDS; round++) {
      for (const [part, runner] of rotated(runners, round)) {
        loads[part].push((await runner.ask(HEAT)) as Load);
      }
    }
  } finally {
    for (const [, runner] of runners) await runner.stop();
  }
  const of = (part: Part, figure: keyof Load) => loads[part].map((one) => one[figure]);
  const ratio = (figure: keyof Load, one: Part, other: Part) =>
    ratioOfRounds(of(one, figure), of(other, figure));
  return {
    results: runners.flatMap(([part]) => [
      {
        who: PARTS[part].who,
        what: "32 callers",
        value: median(of(part, "perSecond")),
        unit: "1/s",
      },
      {
        who: PARTS[part].who,
        what: "CPU a query",
        value: median(of(part, "cpuMicros")),
        unit: "µs",
      },
    ]),
    ratios: {
      ownDialect32: ratio("perSecond", "ours", "stockDialect"),
      ownDialectCpu: ratio("cpuMicros", "stockDialect", "ours"),
      ownMapper32: ratio("perSecond", "ours", "stockMapper"),
      ownMapperCpu: ratio("cpuMicros", "stockMapper", "ours"),
      ownMapper100Rows32: ratio("perSecond", "hundred", "hundredStockMapper"),
      ownMapper100RowsCpu: ratio("cpuMicros", "hundredStockMapper", "hundred"),
    },
  };
}
