// Runs a program as the leader of a process group that ends as a whole: with the program, and, by way
// of with-parent.mjs, with the process that started this one. Signals go to the group and reach
// the program without help.
import { spawn } from "node:child_process";

const [program = "", ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
child.once("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
child.once("exit", (code) => {
  // What the program left behind of its own; the group of a living leader is nobody else's.
  if (!process.connected) process.kill(-process.pid, "SIGKILL");
  process.exit(code ?? 1);
});
