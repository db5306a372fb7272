import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build, type UserConfig } from "tsdown";
import { emitTypes } from "./emit-types.ts";

const room = join(import.meta.dirname, "..");

interface Manifest {
  version: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
const readManifest = async (path: string): Promise<Manifest> =>
  JSON.parse(await readFile(path, "utf8")) as Manifest;

/**
 * Builds the client for programs outside this repository and packs it as npm takes it: modules and one file of types.
 * @returns path of the tarball, in `folder`
 */
export async function packClient(folder: string): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), "scrapersky-client-"));
  const out = join(work, "package");
  try {
    await mkdir(folder, { recursive: true });
    await buildInto(join(out, "dist"), join(work, "types"));
    await writeFile(join(out, "package.json"), `${JSON.stringify(await manifest(), null, 2)}\n`);
    await copyFile(join(room, "README.md"), join(out, "README.md"));
    const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
    const { stdout } = await promisify(execFile)("npm", words, { cwd: out });
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    return join(folder, packed!.filename);
  } finally {
    await rm(work, { recursive: true });
  }
}

async function buildInto(folder: string, typesFolder: string): Promise<void> {
  const common: UserConfig = {
    cwd: room,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    outDir: folder,
    clean: false,
    logLevel: "error",
    deps: { alwaysBundle: [/^@scrapersky\//], onlyBundle: false },
    outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
  };
  const types = await emitTypes(typesFolder);
  await build({
    ...common,
    config: false,
    entry: { index: join(room, "src/index.ts") },
    dts: false,
    sourcemap: true,
  });
  await build({
    ...common,
    config: false,
    entry: { index: types.client },
    alias: types.alias,
    // Named by what is left out of the result; nothing of them is looked at.
    deps: {
      alwaysBundle: Object.keys(types.alias),
      neverBundle: [/^@scrapersky\/(?:db|queue)/],
      onlyBundle: false,
    },
    dts: { dtsOnly: true, generator: "oxc" },
  });
}

/** What npm needs to know; versions come from where the repository pins them. */
async function manifest(): Promise<object> {
  const [root, own, trpc] = await Promise.all([
    readManifest(join(room, "../../package.json")),
    readManifest(join(room, "package.json")),
    readManifest(join(room, "node_modules/@trpc/client/package.json")),
  ]);
  return {
    name: "@scrapersky/client",
    version: root.version,
    description: "Typed client of ScraperSky: batches, leads, exports, live progress.",
    license: "UNLICENSED",
    type: "module",
    sideEffects: false,
    files: ["dist"],
    engines: { node: ">=20" },
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    dependencies: {
      "@trpc/client": trpc.version,
      "@trpc/server": trpc.version,
      eventsource: own.dependencies["eventsource"],
    },
    peerDependencies: { typescript: ">=5.7.2" },
    peerDependenciesMeta: { typescript: { optional: true } },
  };
}
