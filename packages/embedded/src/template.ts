import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const CACHE = join(import.meta.dirname, "../node_modules/.cache/clusters");

/**
 * Fills a folder with a copy of the cluster that `make` made before for the same key, or makes one
 * there and keeps a copy. Copying takes a third of what initdb takes. Only for data that may be lost.
 */
export async function fillFromTemplate(
  folder: string,
  key: readonly unknown[],
  make: () => Promise<void>,
): Promise<void> {
  const name = createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 16);
  const template = join(CACHE, name);
  if (await exists(template)) return copy(template, folder);
  await make();
  // Without a template the next one is made like this one: slower, and nothing else.
  await keep(folder, template).catch(() => {});
}

async function keep(folder: string, template: string): Promise<void> {
  await mkdir(dirname(template), { recursive: true });
  const partial = await mkdtemp(`${template}.partial-`);
  try {
    await copy(folder, partial);
    await rename(partial, template);
  } catch (error) {
    // Somebody else's came first, or there is no room for it.
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** With owners and modes, which PostgreSQL looks at. */
const copy = async (from: string, to: string): Promise<void> => {
  await run("cp", ["-a", `${from}/.`, to]);
};

const exists = async (folder: string): Promise<boolean> => {
  const found = await stat(folder).catch(() => undefined);
  return found !== undefined;
};
