/**
 * `npm run judge -- FOLDER`: holds the scraper's readers to cases that others wrote, from a folder that is not ours to ship.
 * Takes `robots.json` (a list of { test, robots, agent, url, allowed }) and html5lib's encoding tests (`*.dat`), wherever they
 * lie in it. Prints what failed and one line per suite; ends with 1 on a failure, with 2 when there is nothing to judge by.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { judgeEncodings } from "./encodings.ts";
import { judgeRobots } from "./robots.ts";
import type { Judgement } from "./judgement.ts";

const SHOWN_MAX = 20;

const [folder] = process.argv.slice(2);
if (folder === undefined) end("Usage: npm run judge -- FOLDER");
let files: string[] = [];
try {
  files = readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
} catch (error) {
  end(`${folder} cannot be read: ${(error as Error).message}`);
}
const judgements = files.flatMap((file) => {
  const suite = basename(file);
  if (suite === "robots.json")
    return [judgeRobots(suite, readFileSync(join(folder, file), "utf8"))];
  return suite.endsWith(".dat") ? [judgeEncodings(suite, readFileSync(join(folder, file)))] : [];
});
if (judgements.length === 0) end(`${folder} holds no robots.json and no *.dat`);
for (const judgement of judgements) report(judgement);
process.exit(judgements.some(({ failed }) => failed.length > 0) ? 1 : 0);

function report({ suite, passed, failed, skipped }: Judgement): void {
  for (const words of failed.slice(0, SHOWN_MAX)) console.log(`  ${words}`);
  if (failed.length > SHOWN_MAX) console.log(`  and ${failed.length - SHOWN_MAX} more`);
  const rest = skipped === 0 ? "" : `, ${skipped} skipped`;
  console.log(`${suite}: ${passed} passed, ${failed.length} failed${rest}`);
}

function end(words: string): never {
  console.error(words);
  process.exit(2);
}
