import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const room = join(import.meta.dirname, "..");
const root = join(room, "../..");

const SOURCES = {
  client: "packages/client/src/index.ts",
  api: "packages/api/src/router.ts",
  outcome: "packages/outcome/src/index.ts",
};

/** Sources name each other as what they are; types are found by what a build would have made of them. */
const SOURCE_NAME = /"(\.{1,2}\/[^"]*)\.ts"/g;

/** Given to every procedure by the server, and no business of a caller; it would bring the types of the database along. */
const CONTEXT = /\bctx: import\("[^"]+"\)\.Context;/g;
const INLINE_IMPORT = /\bimport\("(\.[^"]+)"\)\.(\w+)/g;
const ERROR_SHAPE = /errorShape: (\{(?:[^{}]|\{[^{}]*\})*\});/g;

/**
 * Writes what the compiler knows of the client and of the procedures into `folder`, a file for each source.
 * @returns where the client's own begins, and what stands for each room that it takes types of
 * @throws Error with what the compiler says
 */
export async function emitTypes(
  folder: string,
): Promise<{ client: string; alias: Record<string, string> }> {
  const config = join(folder, "tsconfig.json");
  await mkdir(folder, { recursive: true });
  await writeFile(config, JSON.stringify(configOf(folder)));
  const tsc = join(
    dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
    "bin/tsc",
  );
  await promisify(execFile)(process.execPath, [tsc, "-p", config]).catch(
    ({ stdout }: { stdout: string }) => {
      throw new Error(`The types of the client could not be written:\n${stdout}`);
    },
  );
  const emitted = (source: string): string => join(folder, source.replace(/\.ts$/, ".d.ts"));
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(".d.ts")) continue;
    const file = join(folder, name);
    const text = (await readFile(file, "utf8")).replace(SOURCE_NAME, '"$1.d.ts"');
    await writeFile(file, file === emitted(SOURCES.api) ? withoutServer(text) : text);
  }
  return {
    client: emitted(SOURCES.client),
    alias: {
      "@scrapersky/api": emitted(SOURCES.api),
      "@scrapersky/outcome": emitted(SOURCES.outcome),
    },
  };
}

const at = (source: string): string => join(root, source);

const configOf = (outDir: string) => ({
  extends: at("tsconfig.base.json"),
  compilerOptions: {
    declaration: true,
    emitDeclarationOnly: true,
    noEmit: false,
    lib: ["es2024", "dom", "dom.iterable"],
    typeRoots: [join(room, "node_modules/@types")],
    rootDir: root,
    outDir,
    // Found by way of node_modules a room would be somebody else's, of which nothing is written.
    paths: {
      "@scrapersky/api": [at("packages/api/src/index.ts")],
      "@scrapersky/api/wire": [at("packages/api/src/wire.contract.ts")],
      "@scrapersky/outcome": [at(SOURCES.outcome)],
    },
  },
  files: Object.values(SOURCES).map(at),
});

/** The router's type without its context, and with the shape of errors told once. */
export function withoutServer(declarations: string): string {
  const shape = new RegExp(ERROR_SHAPE.source).exec(declarations)?.[1];
  if (shape === undefined || !CONTEXT.test(declarations)) {
    throw new Error(
      "The compiler writes the router in another way than it did: look at emit-types.ts.",
    );
  }
  const own = declarations
    .replaceAll(CONTEXT, "ctx: object;")
    .replaceAll(ERROR_SHAPE, "errorShape: ErrorShape;");
  // The bundler of types overlooks some imports that stand within a type.
  const imports = new Map<string, string>();
  const named = own.replaceAll(INLINE_IMPORT, (_, from: string, name: string) => {
    const line = `import type { ${name} as ${name}_ } from "${from}";`;
    const known = imports.get(`${name}_`);
    if (known !== undefined && known !== line) throw new Error(`Two types are called ${name}.`);
    imports.set(`${name}_`, line);
    return `${name}_`;
  });
  return [...imports.values(), `type ErrorShape = ${shape};`, named].join("\n");
}
