// The wall before permissions that guard nothing: whoever is given one must be able to do what it says.
import { isTest } from "./arrows.ts";
import { readText } from "./files.ts";
import type { Refusal } from "./tree.ts";

const REGISTRY = "packages/api/src/rbac/permissions.ts";
/** Where something is refused without a permission: procedures with their lists, REST routes, pages. Entries and buttons guard nothing. */
const GUARDS =
  /^(packages\/api\/src\/(?!feature\/feature\.contract)[^/]+\/[^/]+\.(router|contract)\.ts|apps\/api\/src\/rest\/.+\.ts|apps\/web\/src\/app\/.+\/page\.tsx)$/;

/** A right that depends on the row is asked for by the rule that has read it. */
const RULES = /^packages\/api\/src\/[^/]+\/[^/.]+\.ts$/;

export async function findIdlePermissions(root: string, paths: string[]): Promise<Refusal[]> {
  if (!paths.includes(REGISTRY)) return [];
  const registry = (await readText(root, REGISTRY)) ?? "";
  const [, declared = ""] = /PERMISSIONS = \{([^}]*)\}/.exec(registry) ?? [];
  const names = [...declared.matchAll(/^\s*"([^"]+)":/gm)].map((match) => match[1]!);
  const guards = paths.filter((path) => GUARDS.test(path) && !isTest(path));
  const texts = await Promise.all(guards.map((path) => readText(root, path)));
  const rules = paths.filter((path) => RULES.test(path) && !isTest(path));
  const ruled = await Promise.all(rules.map((path) => readText(root, path)));
  const isAsked = (name: string): boolean =>
    texts.some((text) => text?.includes(`"${name}"`)) ||
    ruled.some((text) => text?.includes(`requirePermission(actor, "${name}")`));
  return names
    .filter((name) => !isAsked(name))
    .map((name) => ({
      path: REGISTRY,
      message: `${name} guards nothing: no procedure, list, REST route or page asks for it. It comes with what it guards.`,
    }));
}
