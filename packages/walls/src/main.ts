// `node packages/walls/src/main.ts [root]`: the walls that no linter sees. Exits 1 on a refusal.
import { resolve } from "node:path";
import { findFalseDocs } from "./docs.ts";
import { listFiles } from "./files.ts";
import { findEmptyNames } from "./names.ts";
import { findIdlePermissions } from "./permissions.ts";
import { findEnvDifferences, findMachineTraces, findManifestBreaches } from "./tree.ts";

const root = resolve(process.argv[2] ?? ".");
const paths = await listFiles(root);
const refusals = [
  ...findEmptyNames(paths),
  ...(
    await Promise.all([
      findMachineTraces(root, paths),
      findManifestBreaches(root, paths),
      findEnvDifferences(root, paths),
      findFalseDocs(root, paths),
      findIdlePermissions(root, paths),
    ])
  ).flat(),
];
for (const { path, message } of refusals) console.error(`${path}  ${message}`);
if (refusals.length > 0) {
  console.error(`\n${refusals.length} refused. The walls are described in docs/architecture.md.`);
  process.exitCode = 1;
} else console.log(`${paths.length} files keep to the walls.`);
