// `npm run staff`: tenants, people, links and keys. Text for people on standard output, or one JSON
// object with --json; problems and warnings on standard error.
import { runStaff } from "./staff/command-line.ts";
import { speak } from "./speak.ts";

process.exitCode = await runStaff(process.argv.slice(2), speak());
