// Walls over the files of the tree: nothing of one machine, no registry, manifests that obey the
// arrows, and an example of the environment that is complete.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ARROWS, isTest } from "./arrows.ts";
import { readText } from "./files.ts";

/** One refusal: where, and what to do about it. */
export interface Refusal {
  path: string;
  message: string;
}

// Letters in brackets keep these patterns from finding themselves.
const MACHINE_PATHS = [
  /\/(?:[w]ork|[f]arm|[r]oot)\//,
  /\.\.\/[s]hared\b/,
  /\/(?:[h]ome|[U]sers)\/[a-z]/,
];
const REGISTRY = /https?:\/\/[^\s"'`)]*(?:[r]egistry|[n]pmjs|[v]erdaccio|[m]irror)/;
const REGISTRY_SETTING = /^\s*(?:@[\w-]+:)?[r]egistry\s*[=:]/m;

export async function findMachineTraces(root: string, paths: string[]): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const path of paths) {
    const text = await readText(root, path);
    if (text === undefined) continue;
    const lines = text.split("\n");
    const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line)) + 1;
    for (const pattern of MACHINE_PATHS) {
      if (at(pattern) === 0) continue;
      refusals.push({
        path: `${path}:${at(pattern)}`,
        message: "A path of one machine. Use a path relative to the repository or a setting.",
      });
    }
    const setting = /(^|\/)(\.npmrc|pnpm-workspace\.yaml)$/.test(path);
    if (at(REGISTRY) > 0 || (setting && REGISTRY_SETTING.test(text))) {
      refusals.push({
        path: `${path}:${Math.max(at(REGISTRY), 1)}`,
        message: "A package registry's address. It belongs to the machine's own configuration.",
      });
    }
  }
  return refusals;
}

/** Dependencies on siblings that no arrow allows, and arrows for tests that sit in dependencies. */
export async function findManifestBreaches(root: string, paths: string[]): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const path of paths) {
    const room = /^((?:apps|packages)\/[^/]+)\/package\.json$/.exec(path)?.[1];
    if (room === undefined) continue;
    const manifest = JSON.parse(await readFile(join(root, path), "utf8")) as Record<
      "dependencies" | "devDependencies",
      Record<string, string> | undefined
    >;
    const arrows = ARROWS[room];
    if (arrows === undefined) {
      refusals.push({ path, message: `${room} has no row in packages/walls/src/arrows.ts.` });
      continue;
    }
    for (const kind of ["dependencies", "devDependencies"] as const) {
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
        if (!name.startsWith("@scrapersky/")) {
          if (/^[\^~]/.test(version)) {
            refusals.push({ path, message: `${name} ${version}: pin the exact version.` });
          }
          continue;
        }
        const doors = Object.entries(arrows).filter(
          ([door]) => door === name || door.startsWith(`${name}/`),
        );
        if (doors.length === 0) {
          refusals.push({ path, message: `${room} must not depend on ${name}.` });
        } else if (kind === "dependencies" && doors.every(([, arrow]) => arrow === "test")) {
          refusals.push({
            path,
            message: `${name} is for tests here: move it to devDependencies.`,
          });
        }
      }
    }
  }
  return refusals;
}

/** Names of the environment variables that an env file declares or reads. */
function namesInEnvFile(text: string): Set<string> {
  const names = new Set<string>();
  for (const match of text.matchAll(/^\s*([A-Z][A-Z0-9_]+):/gm)) names.add(match[1]!);
  for (const match of text.matchAll(/\b(?:process\.env|source)(?:\.|\[["'])([A-Z][A-Z0-9_]+)/g)) {
    names.add(match[1]!);
  }
  return names;
}

/** Set by tools, systems and the local stack, never by whoever configures ScraperSky. */
const AMBIENT = new Set([
  "NODE_ENV",
  "CI",
  "PATH",
  "HOME",
  "HOSTNAME",
  "NO_COLOR",
  "FORCE_COLOR",
  "TERM",
  "INSTANCE_TOKEN",
  "LD_LIBRARY_PATH",
  "AWS_EXECUTION_ENV",
]);

/** Differences between .env.example and the env.ts files, both ways. */
export async function findEnvDifferences(root: string, paths: string[]): Promise<Refusal[]> {
  const declared = new Map<string, string>();
  for (const path of paths) {
    if (!/^(apps|packages)\/.*\/env\.(ts|mjs)$/.test(path) || isTest(path)) continue;
    const text = (await readText(root, path)) ?? "";
    for (const name of namesInEnvFile(text)) {
      const ambient = AMBIENT.has(name) || /^(npm|TEST|TURBO|NEXT)_/.test(name);
      if (!ambient) declared.set(name, path);
    }
  }
  const example = (await readText(root, ".env.example").catch(() => "")) ?? "";
  const shown = new Set(
    [...example.matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]!),
  );
  const refusals: Refusal[] = [];
  for (const [name, path] of declared) {
    if (!shown.has(name)) {
      refusals.push({ path: ".env.example", message: `${name} is missing; ${path} reads it.` });
    }
  }
  for (const name of shown) {
    if (!declared.has(name)) {
      refusals.push({ path: ".env.example", message: `${name} is shown, but no env.ts reads it.` });
    }
  }
  return refusals;
}
