// The wall before SQL that nobody compares with the database: in these rooms raw statements are defined ones.
import { isTest } from "../arrows.ts";
import {
  isNode,
  nameOf,
  nodesOf,
  pathOf,
  propertyOf,
  type Rule,
  type SyntaxNode,
} from "../syntax.ts";

const ROOMS = /^(packages\/(api|queue)|apps\/cli)\/src\//;
const RUNS = new Set(["executeRawSql", "executeRawSqlOne"]);
const DEFINES = "defineStatement";

/** The `const`s at the top of a file, by name. */
function constantsOf(program: SyntaxNode): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  for (const statement of nodesOf(program["body"])) {
    const exported = statement["declaration"];
    const declaration = isNode(exported) ? exported : statement;
    if (declaration["kind"] !== "const") continue;
    for (const { id, init } of nodesOf(declaration["declarations"])) {
      const name = nameOf(id);
      if (name !== undefined && isNode(init)) found.set(name, init);
    }
  }
  return found;
}

const isCallOf = (value: unknown, isName: (name: string) => boolean): boolean =>
  isNode(value) && value.type === "CallExpression" && isName(nameOf(value["callee"]) ?? "");

/** `(move) => defineStatement(…)`: one statement for each word of a closed set. */
const isDefiner = ({ type, body }: SyntaxNode): boolean =>
  type === "ArrowFunctionExpression" && isCallOf(body, (name) => name === DEFINES);

/** The statements that an expression may be. */
function choicesOf(value: unknown): unknown[] {
  if (!isNode(value) || value.type !== "ConditionalExpression") return [value];
  return [...choicesOf(value["consequent"]), ...choicesOf(value["alternate"])];
}

export const rawSqlIsDefined: Rule = {
  create(context) {
    const path = pathOf(context);
    if (!ROOMS.test(path) || isTest(path)) return {};
    let constants = new Map<string, SyntaxNode>();
    /** Functions around the place that is looked at; those that only define do not count. */
    let depth = 0;
    const report = (node: SyntaxNode) =>
      context.report({
        message:
          "Raw SQL is a statement that the database is asked about: write `const … = defineStatement(text, row)` at the top of this file and run that, or build the query with Drizzle.",
        node,
      });
    const defines = (name: string): boolean => {
      const constant = constants.get(name);
      return name === DEFINES || (constant !== undefined && isDefiner(constant));
    };
    /** A constant that is a statement, or holds nothing but statements. */
    const isStatement = (value: unknown): boolean => {
      if (!isNode(value)) return false;
      if (value.type === "MemberExpression") return isStatement(value["object"]);
      const constant = value.type === "Identifier" && constants.get(nameOf(value) ?? "");
      if (!constant) return false;
      if (constant.type !== "ObjectExpression") return isCallOf(constant, defines);
      return nodesOf(constant["properties"]).every((one) => isCallOf(one["value"], defines));
    };
    const enter = (node: SyntaxNode) => {
      if (!isDefiner(node)) depth++;
    };
    const leave = (node: SyntaxNode) => {
      if (!isDefiner(node)) depth--;
    };
    return {
      Program(node) {
        constants = constantsOf(node);
      },
      FunctionDeclaration: enter,
      "FunctionDeclaration:exit": leave,
      FunctionExpression: enter,
      "FunctionExpression:exit": leave,
      ArrowFunctionExpression: enter,
      "ArrowFunctionExpression:exit": leave,
      ImportSpecifier(node) {
        const name = nameOf(node["imported"]) ?? "";
        // Under another name they would not be known again.
        const known = RUNS.has(name) || name === DEFINES;
        if (known && nameOf(node["local"]) !== name) report(node);
      },
      TaggedTemplateExpression(node) {
        const written = isNode(node["typeArguments"]) || isNode(node["typeParameters"]);
        if (nameOf(node["tag"]) === "sql" && written) {
          const message =
            "A type written by hand is compared with nothing: declare what is selected by `expression(…)`.";
          context.report({ message, node });
        }
      },
      CallExpression(node) {
        const { callee } = node;
        const name = nameOf(callee) ?? propertyOf(callee) ?? "";
        const statements = choicesOf(nodesOf(node["arguments"])[1]);
        if (RUNS.has(name) && !statements.every(isStatement)) report(node);
        // Where a call's input is, nothing is defined.
        if (depth > 0 && defines(name)) report(node);
        // What a query builder runs as it is.
        if (propertyOf(callee) === "execute") report(node);
      },
    };
  },
};
