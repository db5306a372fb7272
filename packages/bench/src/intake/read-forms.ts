/** Reads and sorts every form of a list, and prints how long that took: `node read-forms.ts LENGTH`. */
import { readListInSlices, sortLines, type ReadList } from "@scrapersky/api/intake";
import { FORMS, fillForm } from "./forms.ts";
import type { IntakeReading } from "./intake.ts";

const ROUNDS = 5;
const length = Number(process.argv[2]);

/** Least of several rounds: what else the machine does counts as little as can be. */
function readForm(text: string): Omit<IntakeReading, "form" | "halfMs"> {
  const least = { wholeMs: Number.POSITIVE_INFINITY, sliceMs: Number.POSITIVE_INFINITY };
  let list: ReadList | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    let sliceMs = 0;
    for (const steps = readListInSlices(text); ;) {
      const begun = performance.now();
      const step = steps.next();
      sliceMs = Math.max(sliceMs, performance.now() - begun);
      if (!step.done) continue;
      list = step.value;
      break;
    }
    sortLines(list.lines);
    const { user, system } = process.cpuUsage(before);
    least.wholeMs = Math.min(least.wholeMs, (user + system) / 1000);
    least.sliceMs = Math.min(least.sliceMs, sliceMs);
  }
  return { ...least, lines: list?.lines.length ?? 0 };
}

readForm(fillForm("messy CSV", length / 10));
const readings = Object.keys(FORMS).map((form): IntakeReading => {
  const { wholeMs: halfMs } = readForm(fillForm(form, length / 2));
  return { form, halfMs, ...readForm(fillForm(form, length)) };
});
console.log(JSON.stringify(readings));
process.exit(0);
