// The linter's syntax tree, as far as the walls look at it.
import { relative, sep } from "node:path";

export interface SyntaxNode {
  type: string;
  [key: string]: unknown;
}

export interface RuleContext {
  cwd: string;
  filename: string;
  report(problem: { message: string; node: SyntaxNode }): void;
}

export type Visitor = Partial<Record<string, (node: SyntaxNode) => void>>;

export interface Rule {
  create(context: RuleContext): Visitor;
}

/** The file's path from the root of the repository, `/` as separator. */
export function pathOf(context: RuleContext): string {
  return relative(context.cwd, context.filename).split(sep).join("/");
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value;
}

export function nodesOf(value: unknown): SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Name of an identifier, text of a literal. */
export function nameOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (typeof value["name"] === "string") return value["name"];
  return typeof value["value"] === "string" ? value["value"] : undefined;
}

/** Name of the property that a member expression reads, `a.b` and `a["b"]` alike. */
export function propertyOf(node: unknown): string | undefined {
  if (!isNode(node) || node.type !== "MemberExpression") return undefined;
  const property = node["property"];
  if (node["computed"] === true && isNode(property) && property.type === "Identifier") {
    return undefined;
  }
  return nameOf(property);
}

/** Names that a pattern such as `{ a, b: c }` takes out of an object. */
export function keysOf(pattern: unknown): (string | undefined)[] {
  if (!isNode(pattern) || pattern.type !== "ObjectPattern") return [];
  return nodesOf(pattern["properties"]).map((property) => nameOf(property["key"]));
}

/** One module that a file asks for, in whatever way. */
export interface Import {
  node: SyntaxNode;
  specifier: string;
  /** `import type`, or every name in the braces marked as a type. */
  typeOnly: boolean;
  /** Names taken out of the module, as the module calls them; `default` and `*` for the whole of it. */
  names: string[];
}

function isTypeOnly(node: SyntaxNode): boolean {
  if (node["importKind"] === "type" || node["exportKind"] === "type") return true;
  const specifiers = nodesOf(node["specifiers"]);
  const marked = (one: SyntaxNode) => one["importKind"] === "type" || one["exportKind"] === "type";
  return specifiers.length > 0 && specifiers.every(marked);
}

function namesOf(node: SyntaxNode): string[] {
  return nodesOf(node["specifiers"]).map((one) => {
    if (one.type === "ImportDefaultSpecifier") return "default";
    if (one.type === "ImportNamespaceSpecifier") return "*";
    return nameOf(one["imported"]) ?? nameOf(one["local"]) ?? "*";
  });
}

/** Calls `judge` for every import, re-export, dynamic import, `require` and `import("…")` of a type. */
export function onImports(judge: (found: Import) => void): Visitor {
  const look = (node: SyntaxNode, source: unknown, typeOnly: boolean, names: string[]) => {
    const specifier = nameOf(source);
    if (specifier !== undefined) judge({ node, specifier, typeOnly, names });
  };
  const declared = (node: SyntaxNode) =>
    look(node, node["source"], isTypeOnly(node), namesOf(node));
  return {
    ImportDeclaration: declared,
    ExportNamedDeclaration: declared,
    ExportAllDeclaration: (node) => look(node, node["source"], isTypeOnly(node), ["*"]),
    ImportExpression: (node) => look(node, node["source"], false, ["*"]),
    TSImportType: (node) => look(node, node["source"], true, ["*"]),
    CallExpression(node) {
      if (nameOf(node["callee"]) === "require") {
        look(node, nodesOf(node["arguments"])[0], false, ["*"]);
      }
    },
  };
}
