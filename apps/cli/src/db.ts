// The database commands. Text for people on standard output, or one JSON object with --json;
// progress and errors on standard error.
import { runCommandLine } from "./db/command-line.ts";

// Whoever reads may have enough, as "head" does: then the rest is said to nobody.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
