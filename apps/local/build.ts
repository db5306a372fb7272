import { build } from "esbuild";

// Bundled, preparing the database takes a third of the time: it is part of every start.
await build({
  entryPoints: ["src/prepare-database.ts"],
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node26",
  format: "esm",
  sourcemap: true,
  logLevel: "warning",
  // Bundled CommonJS modules ask for Node's own ones through require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
