// `npm run check`: installs when needed, then judges the sources.
import { installPackages, requireNode, runNode } from "./bootstrap.mjs";

requireNode();
await installPackages({ note: () => {}, said: () => {} });
runNode("apps/local/src/check.ts", process.argv.slice(2));
