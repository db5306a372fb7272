// `npm run check`: installs when needed, then judges the sources.
import { installPackages } from "./bootstrap.mjs";
import { readFlags } from "./command.mjs";
import { runNode } from "./hand-over.mjs";

readFlags("check", process.argv.slice(2));
await installPackages({ note: () => {}, said: () => {} });
runNode("apps/local/src/check.ts");
