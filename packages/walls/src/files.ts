import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const GENERATED = new Set([
  "node_modules",
  ".git",
  ".data",
  ".next",
  ".turbo",
  "dist",
  "test-results",
  "coverage",
]);

/** Paths of the project's own files below root, `/` as separator, generated folders left out. */
export async function listFiles(root: string, folder = ""): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && !GENERATED.has(entry.name)) {
      found.push(...(await listFiles(root, path)));
    } else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}

const TEXT =
  /(\.(ts|tsx|mts|js|mjs|json|jsonc|md|yaml|yml|sql|css|html|txt|sh)|\/[^/.]+|^[^/.]+|\/?\.[\w.-]+)$/;

/** Text of a file, or undefined for a binary one. */
export async function readText(root: string, path: string): Promise<string | undefined> {
  return TEXT.test(path) ? await readFile(join(root, path), "utf8") : undefined;
}
