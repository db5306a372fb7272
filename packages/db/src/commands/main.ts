// The database commands. Text for people on standard output, or one JSON object with --json;
// progress and errors on standard error.
import { runCommandLine } from "./command-line.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
