import { copyFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { sendSpans } from "@scrapersky/db/observe/build";
import { build } from "esbuild";

// One file: unbundled, the query builder's and the auth library's modules cost a third of a second at start.
await build({
  // The settings by themselves too: a release has them judged before anything is started.
  entryPoints: [
    { in: "src/main.ts", out: "main" },
    { in: "src/env.ts", out: "env" },
    sendSpans.entry,
  ],
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node26",
  format: "esm",
  sourcemap: true,
  logLevel: "warning",
  plugins: [sendSpans.plugin],
  // Bundled CommonJS modules ask for Node's own ones through require.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
  },
});

// PostgreSQL's grammar, which the bundle reads from beside itself when somebody first asks for SQL to be judged.
const { resolve } = createRequire(new URL("../../packages/db/package.json", import.meta.url));
await copyFile(resolve("libpg-query/wasm/libpg-query.wasm"), "dist/libpg-query.wasm");

// The client that /api/client.tgz gives away.
const packed = "../../packages/client/dist";
const [tarball] = (await readdir(packed)).filter((name) => name.endsWith(".tgz"));
if (tarball === undefined) throw new Error("The client is not packed: npm run client:pack");
await copyFile(`${packed}/${tarball}`, "dist/client.tgz");
