// Run by bin/check.mjs.
import { seconds } from "../bin/progress.mjs";
import { describeCheck, runChecks } from "./checks.ts";

const began = Date.now();
const results = await runChecks((result) => console.log(describeCheck(result)));
const failed = results.filter((result) => !result.ok);
const verdict = failed.length === 0 ? "All checks passed" : `${failed.length} of them failed`;
console.log(`\n${verdict} (${seconds(Date.now() - began)}).`);
process.exitCode = failed.length === 0 ? 0 : 1;
