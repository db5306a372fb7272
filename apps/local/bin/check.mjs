// `npm run check`: installs when needed, then judges the sources.
import { installPackages, requireNode, runHere } from "./bootstrap.mjs";

requireNode();
await installPackages({ note: () => {}, said: () => {} });
runHere("src/check.ts", process.argv.slice(2));
