// The walls that need to read code, as an oxlint plugin: a violation shows up in the editor and in
// `pnpm check` alike. Walls over files that are not code are in tree.ts and docs.ts.
import { contractIsBrowserSafe, importArrows, serviceKnowsNoEdge } from "./rules/imports.ts";
import { rawSqlIsDefined } from "./rules/statements.ts";
import { noSqlHere, wordsDecideNothing } from "./rules/texts.ts";
import { testKeepsNoTime } from "./rules/time.ts";
import { envInEnvFile, transactionAtEdges } from "./rules/verbs.ts";

export default {
  meta: { name: "walls" },
  rules: {
    "import-arrows": importArrows,
    "transaction-at-edges": transactionAtEdges,
    "env-in-env-file": envInEnvFile,
    "no-sql-here": noSqlHere,
    "contract-is-browser-safe": contractIsBrowserSafe,
    "service-knows-no-edge": serviceKnowsNoEdge,
    "words-decide-nothing": wordsDecideNothing,
    "raw-sql-is-defined": rawSqlIsDefined,
    "test-keeps-no-time": testKeepsNoTime,
  },
};
