// Runs a program under `node --watch`, which itself loads no preload and so would outlive the
// supervisor. Signals go to the process group and reach it without help.
import { spawn } from "node:child_process";

const watcher = spawn(
  process.execPath,
  [
    "--disable-warning=ExperimentalWarning",
    "--watch",
    "--watch-preserve-output",
    ...process.argv.slice(2),
  ],
  { stdio: "inherit" },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
watcher.once("error", (error) => {
  throw error;
});
watcher.once("exit", (code) => process.exit(code ?? 1));
