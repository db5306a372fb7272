// Walls over what only some files may do: begin a transaction, read the environment.
import { isTest, roomOf } from "../arrows.ts";
import { isEnvFile, isStep, kindOf } from "../place.ts";
import { isNode, keysOf, nameOf, onImports, pathOf, propertyOf, type Rule } from "../syntax.ts";

/** Commands that are edges of their own, each run once by hand or at start. */
const TRANSACTION_COMMANDS = new Set([
  // Holds the installation's advisory lock.
  "packages/queue/src/queue.ts",
]);
/** packages/db defines the verb, benchmarks measure it. */
const TRANSACTION_ROOMS = new Set(["packages/db", "packages/bench"]);

export const transactionAtEdges: Rule = {
  create(context) {
    const path = pathOf(context);
    const edge = kindOf(path) === "router" || isStep(path) || TRANSACTION_COMMANDS.has(path);
    if (edge || isTest(path) || TRANSACTION_ROOMS.has(roomOf(path) ?? "")) return {};
    const message =
      "A transaction begins only in a noun's *.router.ts, a *.step.ts of an app, or a test. Take `tx` as the first argument instead.";
    return {
      MemberExpression(node) {
        const verb = propertyOf(node);
        const begins =
          verb === "begin" && /sql|postgres|db|database|client/i.test(nameOf(node["object"]) ?? "");
        if (verb === "transaction" || begins) context.report({ message, node });
      },
      ObjectPattern(node) {
        if (keysOf(node).includes("transaction")) context.report({ message, node });
      },
    };
  },
};

const PROCESS = /^(node:)?process$/;

export const envInEnvFile: Rule = {
  create(context) {
    const path = pathOf(context);
    if (isEnvFile(path) || isTest(path)) return {};
    const message =
      "Read the environment in the app's env.ts only, and hand the value on as a typed setting.";
    const isProcess = (value: unknown) =>
      nameOf(value) === "process" || propertyOf(value) === "process";
    return {
      ...onImports(({ node, specifier, names }) => {
        // Under another name it would not be known again below.
        const renamed =
          names.some((name) => name === "*" || name === "default") && !isCalledProcess(node);
        if (PROCESS.test(specifier) && (names.includes("env") || renamed)) {
          context.report({ message, node });
        }
      }),
      MemberExpression(node) {
        const object = node["object"];
        const meta = isNode(object) && object.type === "MetaProperty";
        if (propertyOf(node) === "env" && (isProcess(object) || meta)) {
          context.report({ message, node });
        }
      },
      VariableDeclarator(node) {
        const { id, init } = node;
        const renamed = isNode(id) && id.type === "Identifier";
        if (isProcess(init) && (renamed || keysOf(id).includes("env"))) {
          context.report({ message, node });
        }
      },
    };
  },
};

function isCalledProcess(node: Record<string, unknown>): boolean {
  const specifiers = Array.isArray(node["specifiers"]) ? node["specifiers"] : [];
  return (
    specifiers.length > 0 &&
    specifiers.every((one) => isNode(one) && nameOf(one["local"]) === "process")
  );
}
