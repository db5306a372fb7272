// `npm run bench`, `db`, `client:pack`, `chaos`, `soak`, `format` and so on: installs when needed, then runs a program of
// the workspace on Node 26, whatever Node and packages were there before.
import { fail, installPackages, pnpmArguments } from "./bootstrap.mjs";
import { runProgram } from "./hand-over.mjs";
import { node26 } from "./run-node.mjs";

// The file .env is for the product and the database commands, which read it themselves: a benchmark
// or a soak must not meet anybody's settings.
const runScript = (script, args) =>
  runProgram(node26, ["--disable-warning=ExperimentalWarning", script, ...args]);

const PROGRAMS = {
  bench: (args) => runScript("packages/bench/src/main.ts", args),
  db: (args) => runScript("apps/cli/src/db.ts", args),
  staff: (args) => runScript("apps/cli/src/staff.ts", args),
  "client:pack": () => runScript("packages/client/pack/main.ts", []),
  release: (args) => runScript("apps/local/src/release.ts", args),
  chaos: (args) => runScript("packages/bench/src/chaos/main.ts", args),
  soak: (args) => runScript("packages/db/test/soak/main.ts", args),
  fuzz: (args) => runScript("apps/api/test/fuzz/main.ts", args),
  judge: (args) => runScript("packages/scraper/test/judge/main.ts", args),
  screenshots: () => runProgram("npx", pnpmArguments(["exec", "turbo", "run", "screenshots"])),
  format: (args) => runProgram("oxfmt", args),
  lint: (args) => runProgram("oxlint", args),
  turbo: (args) => runProgram("npx", pnpmArguments(["exec", "turbo", ...args])),
};

const [name = "", ...args] = process.argv.slice(2);
const run = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
if (run === undefined) fail(`Which of ${Object.keys(PROGRAMS).join(", ")}?`);
let announced = false;
// On standard error: what the program prints may be meant for another program.
const said = () => {
  if (!announced) process.stderr.write("Installing packages, which takes about a minute …\n");
  announced = true;
};
await installPackages({ note: () => {}, said });
run(args);
