// `npm test`: installs when needed, then checks and tests everything.
import { installPackages, requireNode, runHere } from "./bootstrap.mjs";
import { createProgress } from "./progress.mjs";

requireNode();
const progress = createProgress({ total: 4 });
const install = {
  number: 1,
  name: "Packages",
  doing: "installing, the first time takes about a minute",
};
await progress.run(install, installPackages);
runHere("src/test-all.ts", process.argv.slice(2));
