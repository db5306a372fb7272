// `npm test`: installs when needed, builds, then checks and tests everything.
import { buildApps, fail, installPackages, requireNode, runNode } from "./bootstrap.mjs";
import { createProgress } from "./progress.mjs";

requireNode();
const progress = createProgress({ total: 4 });
const install = {
  number: 1,
  name: "Packages",
  doing: "installing, the first time takes about a minute",
};
const build = { number: 2, name: "Build", doing: "building the dashboard, the API and the worker" };
try {
  await progress.run(install, installPackages);
  await progress.run(build, buildApps);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
runNode("apps/local/src/test-all.ts", process.argv.slice(2));
