// The walls that need to read code, as an oxlint plugin: a violation shows up in the editor and in
// `pnpm check` alike. Walls over files that are not code are in tree.ts and docs.ts.
import { relative, sep } from "node:path";
import { isTest, judgeImport, roomOf } from "./arrows.ts";

/** The part of the linter's syntax tree that the walls look at. */
interface SyntaxNode {
  type: string;
  [key: string]: unknown;
}

interface RuleContext {
  cwd: string;
  filename: string;
  report(problem: { message: string; node: SyntaxNode }): void;
}

type Visitor = Partial<Record<string, (node: SyntaxNode) => void>>;

interface Rule {
  create(context: RuleContext): Visitor;
}

function pathOf(context: RuleContext): string {
  return relative(context.cwd, context.filename).split(sep).join("/");
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value;
}

function nameOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (typeof value["name"] === "string") return value["name"];
  return typeof value["value"] === "string" ? value["value"] : undefined;
}

/** Name of the property that a member expression reads, `a.b` and `a["b"]` alike. */
function propertyOf(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== "MemberExpression") return undefined;
  const property = node["property"];
  if (node["computed"] === true && isNode(property) && property.type === "Identifier") {
    return undefined;
  }
  return nameOf(property);
}

/** `import type`, or every name in the braces marked as a type. */
function isTypeOnly(node: SyntaxNode): boolean {
  if (node["importKind"] === "type" || node["exportKind"] === "type") return true;
  const specifiers = node["specifiers"];
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every(
    (one) => isNode(one) && (one["importKind"] === "type" || one["exportKind"] === "type"),
  );
}

const importArrows: Rule = {
  create(context): Visitor {
    const path = pathOf(context);
    const judge = (node: SyntaxNode, typeOnly: boolean) => {
      const specifier = nameOf(node["source"]);
      if (specifier === undefined) return;
      const message = judgeImport(path, specifier, typeOnly);
      if (message !== undefined) context.report({ message, node });
    };
    return {
      ImportDeclaration: (node) => judge(node, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => judge(node, isTypeOnly(node)),
      ExportAllDeclaration: (node) => judge(node, isTypeOnly(node)),
      ImportExpression: (node) => judge(node, false),
      TSImportType: (node) => judge(node, true),
    };
  },
};

/** Commands that are edges of their own, each run once by hand or at start. */
const TRANSACTION_COMMANDS = new Set([
  // Holds the installation's advisory lock.
  "packages/queue/src/queue.ts",
]);

const transactionAtEdges: Rule = {
  create(context): Visitor {
    const path = pathOf(context);
    const edge = /\.(router|step)\.ts$/.test(path) || TRANSACTION_COMMANDS.has(path);
    // packages/db defines the verb, benchmarks measure it; everyone else is handed a tx.
    const room = roomOf(path);
    if (edge || isTest(path) || room === "packages/db" || room === "packages/bench") return {};
    const message =
      "A transaction begins only in a *.router.ts, a worker *.step.ts or a test. Take `tx` as the first argument instead.";
    return {
      CallExpression(node) {
        const callee = node["callee"];
        const verb = propertyOf(callee);
        const object = isNode(callee) ? (nameOf(callee["object"]) ?? "") : "";
        const begins = verb === "begin" && /sql|postgres|db|database|client/i.test(object);
        if (verb === "transaction" || begins) context.report({ message, node });
      },
      ObjectPattern(node) {
        const properties = Array.isArray(node["properties"]) ? node["properties"] : [];
        if (properties.some((one) => isNode(one) && nameOf(one["key"]) === "transaction")) {
          context.report({ message, node });
        }
      },
    };
  },
};

const envInEnvFile: Rule = {
  create(context): Visitor {
    const path = pathOf(context);
    if (/(^|\/)env\.(ts|mjs)$/.test(path) || isTest(path)) return {};
    const message =
      "Read the environment in the app's env.ts only, and hand the value on as a typed setting.";
    const isProcess = (value: unknown) =>
      nameOf(value) === "process" || propertyOf(value) === "process";
    return {
      MemberExpression(node) {
        const object = node["object"];
        const meta = isNode(object) && object.type === "MetaProperty";
        if (propertyOf(node) === "env" && (isProcess(object) || meta)) {
          context.report({ message, node });
        }
      },
      ImportDeclaration(node) {
        const source = nameOf(node["source"]);
        if (source !== "node:process" && source !== "process") return;
        const specifiers = Array.isArray(node["specifiers"]) ? node["specifiers"] : [];
        if (specifiers.some((one) => isNode(one) && nameOf(one["imported"]) === "env")) {
          context.report({ message, node });
        }
      },
      VariableDeclarator(node) {
        const target = node["id"];
        if (!isProcess(node["init"]) || !isNode(target) || target.type !== "ObjectPattern") return;
        const properties = Array.isArray(target["properties"]) ? target["properties"] : [];
        if (properties.some((one) => isNode(one) && nameOf(one["key"]) === "env")) {
          context.report({ message, node });
        }
      },
    };
  },
};

const NO_SQL_ROOMS = new Set(["apps/web", "packages/scraper", "packages/client"]);
// All lower or all upper case, as SQL is written: "Select the domains from …" is prose.
const SQL_TEXT =
  /^\s*(select\s[^]+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|SELECT\s[^]+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s)/;

const noSqlHere: Rule = {
  create(context): Visitor {
    const path = pathOf(context);
    const room = roomOf(path) ?? "";
    const edge = /\.(router|contract|state)\.ts$/.test(path);
    if ((!NO_SQL_ROOMS.has(room) && !edge) || isTest(path)) return {};
    const message = edge
      ? "SQL belongs to a *.service.ts: this file speaks permissions, shapes or states."
      : `${room} speaks no SQL: ask the API for what is needed.`;
    const judgeText = (node: SyntaxNode, text: unknown) => {
      if (typeof text === "string" && SQL_TEXT.test(text)) context.report({ message, node });
    };
    return {
      TaggedTemplateExpression(node) {
        if (nameOf(node["tag"]) === "sql") context.report({ message, node });
      },
      Literal: (node) => judgeText(node, node["value"]),
      TemplateLiteral(node) {
        const first = Array.isArray(node["quasis"]) ? (node["quasis"][0] as unknown) : undefined;
        const value = isNode(first) ? first["value"] : undefined;
        judgeText(node, (value as { cooked?: unknown } | undefined)?.cooked);
      },
    };
  },
};

const contractIsBrowserSafe: Rule = {
  create(context): Visitor {
    const path = pathOf(context);
    if (!/^packages\/api\/.*(\.contract|\/contract|\/status|\.state)\.ts$/.test(path)) return {};
    return {
      ImportDeclaration(node) {
        const specifier = nameOf(node["source"]) ?? "";
        const safe =
          specifier === "zod" || /(\.contract|\/contract|\/status|\.state)\.ts$/.test(specifier);
        if (safe || isTypeOnly(node)) return;
        context.report({
          message: `A contract is loaded by browsers: it imports zod and other contracts, not ${specifier}.`,
          node,
        });
      },
    };
  },
};

const serviceKnowsNoEdge: Rule = {
  create(context): Visitor {
    const path = pathOf(context);
    if (!/\.(service|state|contract)\.ts$/.test(path)) return {};
    return {
      ImportDeclaration(node) {
        const specifier = nameOf(node["source"]) ?? "";
        if (!/^(@trpc|hono|@hono)(\/|$)/.test(specifier) && !specifier.endsWith(".router.ts"))
          return;
        context.report({
          message: `A service knows no edge: throw a DomainError instead of using ${specifier}.`,
          node,
        });
      },
    };
  },
};

/** What reads a clock that a test did not set, and what waits with a deadline of its own. */
const CLOCKS: Record<string, readonly string[]> = {
  performance: ["now"],
  process: ["cpuUsage", "hrtime", "resourceUsage"],
  vi: ["waitFor", "waitUntil"],
};

const testKeepsNoTime: Rule = {
  create(context): Visitor {
    if (!/\.test\.tsx?$/.test(pathOf(context))) return {};
    const found: SyntaxNode[] = [];
    let setsClock = false;
    const report = (node: SyntaxNode) =>
      context.report({
        message:
          "A test is not decided by how fast a machine is: set the clock, wait for a condition with expect.poll, or measure it in a benchmark.",
        node,
      });
    return {
      MemberExpression(node) {
        const property = propertyOf(node);
        if (property === "useFakeTimers") setsClock = true;
        const verbs = CLOCKS[nameOf(node["object"]) ?? ""];
        if (property !== undefined && verbs?.includes(property)) found.push(node);
      },
      ImportDeclaration(node) {
        if (/^(node:)?timers\/promises$/.test(nameOf(node["source"]) ?? "")) report(node);
      },
      CallExpression(node) {
        if (propertyOf(node["callee"]) !== "poll" || !Array.isArray(node["arguments"])) return;
        const options: unknown = node["arguments"][1];
        const properties = isNode(options) ? options["properties"] : undefined;
        if (!Array.isArray(properties)) return;
        if (properties.some((one) => isNode(one) && nameOf(one["key"]) === "timeout")) report(node);
      },
      "Program:exit"() {
        if (!setsClock) found.forEach(report);
      },
    };
  },
};

export default {
  meta: { name: "walls" },
  rules: {
    "import-arrows": importArrows,
    "transaction-at-edges": transactionAtEdges,
    "env-in-env-file": envInEnvFile,
    "no-sql-here": noSqlHere,
    "contract-is-browser-safe": contractIsBrowserSafe,
    "service-knows-no-edge": serviceKnowsNoEdge,
    "test-keeps-no-time": testKeepsNoTime,
  },
};
