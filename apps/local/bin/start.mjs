// `npm start`, `npm run demo`, `npm run dev`: everything on one machine, from a bare clone.
import { buildApps, fail, handOver, installPackages, requireNode } from "./bootstrap.mjs";
import { chooseCommand, readFlags } from "./command.mjs";
import { createProgress } from "./progress.mjs";
import { findRunning } from "./running.mjs";
import { takeStarting } from "./starting.mjs";

requireNode();
const began = Date.now();
const [mode, words] = chooseCommand(["start", "demo", "dev"], process.argv.slice(2));
readFlags(mode, words);

const running = findRunning();
if (running !== undefined) {
  const at = running.web === undefined ? "is starting" : `is already running at ${running.web}`;
  const hint =
    mode === "start"
      ? "Stop it with Ctrl-C in its terminal"
      : `Stop it with Ctrl-C in its terminal, then run npm run ${mode} again`;
  process.stdout.write(`ScraperSky ${at} (process ${running.pid}).\n${hint}.\n`);
  process.exit(mode === "start" ? 0 : 1);
}

const starting = await takeStarting();
if ("taken" in starting) {
  fail(
    `Another npm start is under way (pid ${starting.taken}), and installs or builds: wait for it, or stop it with Ctrl-C.`,
  );
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
  await progress.run(install, installPackages);
  if (mode === "dev") progress.write("  2/6  Build       not needed, the sources run as they are");
  else await progress.run(build, buildApps);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
starting.release();
handOver("apps/local/src/main.ts", [mode, String(began), ...words]);
