import { rm } from "node:fs/promises";
import { build } from "esbuild";

// The parts are named after their content: those of the last build would stay.
await rm("dist", { recursive: true, force: true });

// The supervisor and the command of a release, for machines without packages. A checkout runs the sources.
await build({
  entryPoints: ["src/scrapersky.ts", "src/main.ts"],
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node26",
  format: "esm",
  logLevel: "warning",
  // Bundled CommonJS modules ask for Node's own ones through require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
