// What a release ships of others, and on which terms: the packages that its programs may load, as they are installed.
import { existsSync } from "node:fs";
import { readdir, readFile, realpath } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

interface Manifest {
  name: string;
  version: string;
  license?: string | { type?: string };
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

export interface Shipped {
  name: string;
  version: string;
  licence: string;
  /** The text that the package brings; empty where it brings none. */
  text: string;
}

/** Terms under which nobody may pass on a program that is not free as a whole. */
const REFUSED = /\b[AL]?GPL\b/i;
const FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * The packages that the rooms' own dependencies lead to, each once, in the order of their names.
 * @throws Error naming a package without terms, or with terms that are not for us
 */
export async function findShipped(root: string, rooms: string[]): Promise<Shipped[]> {
  const seen = new Map<string, Shipped>();
  const visited = new Set<string>();
  const visit = async (folder: string) => {
    const real = await realpath(folder);
    if (visited.has(real)) return;
    visited.add(real);
    const manifest = JSON.parse(await readFile(join(real, "package.json"), "utf8")) as Manifest;
    const isOurs = manifest.name.startsWith("@scrapersky/");
    if (!isOurs) {
      seen.set(`${manifest.name}@${manifest.version}`, await describe(real, manifest));
    }
    const wanted = { ...manifest.dependencies, ...manifest.optionalDependencies };
    for (const name of Object.keys(wanted)) {
      if (isLeftOut(name)) continue;
      const found = findPackage(real, name);
      if (found !== undefined) await visit(found);
    }
  };
  for (const room of rooms) await visit(join(root, room));
  return [...seen.values()].sort((a, b) =>
    `${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1,
  );
}

/** Next's scaler of images, which no page uses, and whose library has terms of its own. */
export const isLeftOut = (path: string): boolean => /(^|[/@])(sharp|@img)([/@+]|$)/.test(path);

/** As Node looks for it; by folder, because many packages do not open their manifest. */
function findPackage(from: string, name: string): string | undefined {
  const folders = createRequire(join(from, "package.json")).resolve.paths(name) ?? [];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

async function describe(folder: string, manifest: Manifest): Promise<Shipped> {
  const { name, version } = manifest;
  const said = manifest.license;
  const licence = (typeof said === "object" ? said.type : said) ?? "";
  const files = (await readdir(folder)).filter((file) => FILE.test(file)).sort();
  const texts = await Promise.all(
    files.map((file) => readFile(join(folder, file), "utf8").catch(() => "")),
  );
  const text = texts.map((one) => one.trim()).join("\n\n");
  if (licence === "" && text === "") throw new Error(`${name}@${version} says no licence.`);
  if (REFUSED.test(licence))
    throw new Error(`${name}@${version} is ${licence}: not for a release.`);
  return { name, version, licence: licence || "see its text", text };
}

const RULE = "=".repeat(78);

/** One page of all of them; packages with the same text stand together above it. */
export function describeShipped(shipped: Shipped[]): string {
  const byText = new Map<string, string[]>();
  for (const { name, version, licence, text } of shipped) {
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  return [...byText]
    .map(([text, names]) =>
      [RULE, ...names, "", text || "(The package brings no text of its licence.)", ""].join("\n"),
    )
    .join("\n");
}
