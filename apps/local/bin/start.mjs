// `npm start`, `npm run demo`, `npm run dev`: everything on one machine, from a bare clone.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { findStack, takeLock } from "./machine.mjs";
import { buildApps, fail, installPackages } from "./bootstrap.mjs";
import { chooseCommand, readFlags } from "./command.mjs";
import { environment } from "./env.mjs";
import { explainFullDisk } from "./full-disk.mjs";
import { handOver } from "./hand-over.mjs";
import { createProgress } from "./progress.mjs";
import { root } from "./run-node.mjs";

/** A start that finds everything installed and built is over before another one gives up. */
const PATIENCE_MS = 2_000;

const began = Date.now();
const [mode, words] = chooseCommand(["start", "demo", "dev"], process.argv.slice(2));
readFlags(mode, words);

// Told before anything is installed or built over it; who holds the folder is decided by the supervisor.
const running = await findStack(resolve(root, environment.DATA_DIR || ".data"));
if (running !== undefined) {
  const at = running.web === undefined ? "is starting" : `is already running at ${running.web}`;
  const hint =
    mode === "start"
      ? "Stop it with Ctrl-C in its terminal"
      : `Stop it with Ctrl-C in its terminal, then run npm run ${mode} again`;
  process.stdout.write(`ScraperSky ${at} (process ${running.pid}).\n${hint}.\n`);
  process.exit(mode === "start" ? 0 : 1);
}

// One at a time installs and builds in this checkout.
const folder = join(root, ".data");
const failWith = (error) =>
  fail(explainFullDisk(error instanceof Error ? error.message : String(error), [root]));
const take = async () => {
  mkdirSync(folder, { recursive: true });
  return await takeLock(folder, "starting", { patienceMs: PATIENCE_MS });
};
const starting = await take().catch(failWith);
if ("taken" in starting) {
  fail(
    `Another npm start is under way (pid ${starting.taken.pid}), and installs or builds: wait for it, or stop it with Ctrl-C.`,
  );
}
process.once("exit", starting.release);

/** What is left of it when this process is killed must be gone before the next one begins. */
function recorded(work) {
  const group = async (leader) => {
    starting.record.children = [leader];
    await starting.save();
  };
  return (report) => work({ ...report, began: group });
}

process.stdout.write("ScraperSky\n\n");
const progress = createProgress({ total: 6 });
const install = {
  number: 1,
  name: "Packages",
  doing: "installing, the first time takes about a minute",
};
const build = { number: 2, name: "Build", doing: "building the dashboard, the API and the worker" };
try {
  await progress.run(install, recorded(installPackages));
  if (mode === "dev") progress.write("  2/6  Build       not needed, the sources run as they are");
  else await progress.run(build, recorded(buildApps));
} catch (error) {
  failWith(error);
}
starting.release();
handOver("apps/local/src/main.ts", [mode, String(began), ...words]);
