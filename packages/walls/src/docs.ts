// Holds the documents of the root and docs/ to the tree: a path or a command that a page names must exist.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Refusal } from "./tree.ts";

const PACKAGE_MANAGER_WORDS = new Set(["install", "exec", "run", "add", "dlx", "x"]);

/** Paths that appear only while the product runs. */
const MADE_AT_RUN_TIME = /^\.data(\/|$)|(^|\/)(test-results|node_modules|dist|\.next)(\/|$)/;

/** `a.ts`, `apps/web`, `.env.example`: text that claims to be a path of this repository. */
function claimsToBePath(text: string): boolean {
  if (!/^\.{0,2}[\w@/.[\]{},*-]+$/.test(text) || text.startsWith("@") || text.startsWith("/"))
    return false;
  if (/^(apps|packages|docs|\.ci)(\/|$)/.test(text)) return true;
  return /^[\w.-]+\.(md|json|yaml|mjs)$/.test(text) || /^\.[\w.-]+$/.test(text);
}

/** Fenced code and inline code of a page, with the number of its line. */
function* readCode(text: string): Generator<{ code: string; line: number; fence: string | null }> {
  let fence: string | null = null;
  for (const [index, line] of text.split("\n").entries()) {
    const mark = /^\s*```(\w*)/.exec(line);
    if (mark) {
      fence = fence === null ? mark[1]! : null;
      continue;
    }
    if (fence !== null) yield { code: line, line: index + 1, fence };
    else {
      for (const match of line.matchAll(/`([^`]+)`/g)) {
        yield { code: match[1]!, line: index + 1, fence: null };
      }
    }
  }
}

interface Scripts {
  scripts: Set<string>;
  tasks: Set<string>;
  benches: (name: string) => boolean;
}

function judgeCommand(root: string, command: string, known: Scripts): string | undefined {
  const words = command
    .replace(/^\$ /, "")
    .split(/\s+/)
    .filter((word) => !/^[A-Z_]+=/.test(word));
  const [program, first, second] = words;
  if (program === undefined || first === undefined) return undefined;
  if (program === "npm" || program === "pnpm") {
    const script = first === "run" ? second : first;
    const own = script !== undefined && !script.startsWith("-");
    if (!own || (first !== "run" && PACKAGE_MANAGER_WORDS.has(first))) return undefined;
    if (program === "npm" && first !== "run" && !["start", "test"].includes(first)) {
      return `npm has no command ${first}: write npm run ${first}.`;
    }
    if (!known.scripts.has(script)) return `package.json has no script ${script}.`;
    const name = words.slice(first === "run" ? 3 : 2).find((word) => word !== "--");
    if (script === "bench" && name !== undefined && /^\w/.test(name) && !known.benches(name)) {
      return `there is no benchmark ${name}.`;
    }
  }
  if (program === "turbo") {
    const task = first === "run" ? second : first;
    if (task !== undefined && task !== "boundaries" && !known.tasks.has(task)) {
      return `turbo.json has no task ${task}.`;
    }
  }
  if (program === "node" && /\.(ts|mjs|js)$/.test(first) && !existsSync(join(root, first))) {
    return `${first} does not exist.`;
  }
  if (program.startsWith(".ci/") && !existsSync(join(root, program))) {
    return `${program} does not exist.`;
  }
  return undefined;
}

async function readScripts(root: string): Promise<Scripts> {
  const read = async (path: string) =>
    JSON.parse(await readFile(join(root, path), "utf8")) as never;
  const manifest: { scripts?: Record<string, string> } = await read("package.json");
  const turbo: { tasks?: Record<string, unknown> } = await read("turbo.json");
  const bench = (name: string) =>
    ["", ".bench", "-bench"].some((end) =>
      existsSync(join(root, `packages/bench/src/${name}${end}.ts`)),
    ) || existsSync(join(root, `packages/bench/src/${name}`));
  return {
    scripts: new Set(Object.keys(manifest.scripts ?? {})),
    tasks: new Set(Object.keys(turbo.tasks ?? {})),
    benches: bench,
  };
}

function pathExists(root: string, text: string): boolean {
  // `docs/decisions/*.md` and `src/{a,b}.ts` claim their folder only.
  const fixed = text.replace(/[*{].*$/, "").replace(/[.,]$/, "");
  return fixed === "" || existsSync(join(root, fixed)) || MADE_AT_RUN_TIME.test(text);
}

/** Names in the documents that do not exist: paths, linked files, scripts, tasks. */
export async function findFalseDocs(root: string, paths: string[]): Promise<Refusal[]> {
  const known = await readScripts(root);
  const refusals: Refusal[] = [];
  for (const path of paths) {
    // The changelog tells what was: its paths may be gone.
    if (!/^(docs\/.*|(?!CHANGELOG)[A-Z]+)\.md$/.test(path)) continue;
    const text = await readFile(join(root, path), "utf8");
    const refuse = (line: number, message: string) =>
      refusals.push({ path: `${path}:${line}`, message });
    for (const { code, line, fence } of readCode(text)) {
      const command = code.trim().replace(/\s+#.*$/, "");
      if (fence === null && claimsToBePath(code) && !pathExists(root, code)) {
        refuse(line, `${code} does not exist.`);
      }
      if (fence === null || ["sh", "bash", "shell", "console"].includes(fence)) {
        const message = judgeCommand(root, command, known);
        if (message !== undefined) refuse(line, message);
      }
    }
    for (const [index, line] of text.split("\n").entries()) {
      for (const match of line.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)) {
        if (!existsSync(join(root, dirname(path), match[1]!))) {
          refuse(index + 1, `the link to ${match[1]} leads nowhere.`);
        }
      }
    }
  }
  return refusals;
}
