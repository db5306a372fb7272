// The database commands. Text for people on standard output, or one JSON object with --json;
// progress and errors on standard error.
import { runCommandLine } from "./db/command-line.ts";
import { speak } from "./speak.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), speak());
