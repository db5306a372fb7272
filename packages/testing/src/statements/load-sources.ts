import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Loads every source file below a folder, so that whatever they define is there.
 * @returns how many there were
 */
export async function loadSources(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sources = names.filter(
    (name) => name.endsWith(".ts") && !/\.(test|test-d|d)\.ts$/.test(name),
  );
  await Promise.all(
    sources.map((name) => import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href)),
  );
  return sources.length;
}
