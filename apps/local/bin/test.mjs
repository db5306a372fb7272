// `npm test`: installs when needed, then builds, checks and tests everything.
import { fail, installPackages } from "./bootstrap.mjs";
import { readFlags } from "./command.mjs";
import { runNode } from "./hand-over.mjs";
import { createProgress } from "./progress.mjs";

readFlags("test", process.argv.slice(2));
const install = {
  number: 1,
  name: "Packages",
  doing: "installing, the first time takes about a minute",
};
try {
  await createProgress({ total: 3 }).run(install, installPackages);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
runNode("apps/local/src/test-all.ts");
