// `npm run release`: one file with everything a machine needs, and its checksum, in `dist`. With --prove the file is then
// unpacked and used where there is nothing else: src/release/prove.ts.
import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs, promisify } from "node:util";
import { buildApps } from "../bin/bootstrap.mjs";
import { createProgress } from "../bin/progress.mjs";
import { root } from "./env.ts";
import { assembleRelease, nameOf, type ReleaseFacts } from "./release/assemble.ts";
import { prove } from "./release/prove.ts";

const run = promisify(execFile);

const USAGE = "Usage: npm run release [-- --prove]";

async function readFacts(): Promise<ReleaseFacts & { at: string }> {
  const manifest = await readFile(join(root, "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  const git = async (...args: string[]) => (await run("git", args, { cwd: root })).stdout.trim();
  const dirty = (await git("status", "--porcelain")) === "" ? "" : ", changed";
  const commit = `${await git("rev-parse", "--short=12", "HEAD")}${dirty}`;
  return { version, commit, at: await git("log", "-1", "--format=%cI") };
}

/** The same content gives the same file: names in order, one owner, the time of the commit. */
async function packFolder(parent: string, name: string, at: string, file: string): Promise<void> {
  const owner = ["--owner=0", "--group=0", "--numeric-owner", "--mode=go=rX,u+rw"];
  const order = ["--sort=name", `--mtime=${at}`, "--format=gnu"];
  const args = [
    ...order,
    ...owner,
    "--use-compress-program=gzip -n",
    "-cf",
    file,
    "-C",
    parent,
    name,
  ];
  const child = spawn("tar", args, { stdio: "inherit" });
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) throw new Error(`tar ended with ${String(code)}.`);
}

async function makeRelease(): Promise<string> {
  const progress = createProgress({ total: 3 });
  const build = { number: 1, name: "Build", doing: "building the apps" };
  await progress.run(build, buildApps);
  const { at, ...facts } = await readFacts();
  const name = nameOf(facts);
  const dist = join(root, "dist");
  await mkdir(dist, { recursive: true });
  const parent = await mkdtemp(join(dist, ".making-"));
  try {
    const collect = { number: 2, name: "Folder", doing: "putting everything into one folder" };
    await progress.run(collect, () => assembleRelease(root, join(parent, name), facts));
    const file = join(dist, `${name}.tar.gz`);
    const pack = { number: 3, name: "File", doing: "packing it" };
    await progress.run(pack, async ({ note }) => {
      await packFolder(parent, name, at, file);
      const hash = createHash("sha256");
      await pipeline(createReadStream(file), hash);
      // As `sha256sum --check` reads it.
      await writeFile(`${file}.sha256`, `${hash.digest("hex")}  ${name}.tar.gz\n`);
      note(`dist/${name}.tar.gz, ${Math.round((await stat(file)).size / 1024 ** 2)} MB`);
    });
    return file;
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

if (process.platform !== "linux" || process.arch !== "x64") {
  console.error(
    "A release is made on Linux x64, for Linux x64: it holds the Node and PostgreSQL of this machine.",
  );
  process.exit(1);
}
const flags = {
  prove: { type: "boolean", default: false },
  help: { type: "boolean", short: "h" },
} as const;
try {
  const { values } = parseArgs({ options: flags });
  if (values.help) console.log(USAGE);
  else {
    const file = await makeRelease();
    if (values.prove) await prove(file);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
