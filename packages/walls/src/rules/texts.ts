// Walls over what stands in texts: SQL where none belongs, and words for people that decide something.
import { isTest, roomOf } from "../arrows.ts";
import { kindOf } from "../place.ts";
import {
  isNode,
  nameOf,
  nodesOf,
  onImports,
  pathOf,
  propertyOf,
  type Rule,
  type SyntaxNode,
} from "../syntax.ts";

const NO_SQL_ROOMS = new Set([
  "apps/web",
  "apps/api",
  "apps/worker",
  "packages/scraper",
  "packages/outcome",
  "packages/client",
]);
// All lower or all upper case, as SQL is written: "Select the domains from …" is prose.
const SQL_TEXT =
  /^\s*(select\s[^]+\sfrom\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s[^(]*\(|SELECT\s[^]+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|WITH\s+\w+\s+AS\s[^(]*\()/;
const SQL_NAMES = new Set(["executeRawSql", "executeRawSqlOne", "sql"]);

export const noSqlHere: Rule = {
  create(context) {
    const path = pathOf(context);
    const room = roomOf(path) ?? "";
    const kind = kindOf(path);
    const edge = kind !== undefined && kind !== "rule";
    if ((!NO_SQL_ROOMS.has(room) && !edge) || isTest(path)) return {};
    const message = edge
      ? "SQL belongs to a rule, one verb a file: this one speaks permissions, shapes or states."
      : `${room} speaks no SQL: ask a service for what is needed.`;
    const judgeText = (node: SyntaxNode, text: unknown) => {
      if (typeof text === "string" && SQL_TEXT.test(text)) context.report({ message, node });
    };
    return {
      ...onImports(({ node, specifier, typeOnly, names }) => {
        const fromDatabase = /^(@scrapersky\/db|drizzle-orm)(\/|$)/.test(specifier);
        if (fromDatabase && !typeOnly && names.some((name) => SQL_NAMES.has(name))) {
          context.report({ message, node });
        }
      }),
      TaggedTemplateExpression(node) {
        if (nameOf(node["tag"]) === "sql") context.report({ message, node });
      },
      Literal: (node) => judgeText(node, node["value"]),
      TemplateLiteral(node) {
        const pieces = nodesOf(node["quasis"]).map(
          ({ value }) => (value as { cooked?: string | null }).cooked ?? "",
        );
        judgeText(node, pieces.join("…"));
      },
    };
  },
};

/** packages/db reads what servers and poolers say, which say it in words only; the others have fields. */
const FIELD_ROOMS = new Set([
  "apps/api",
  "apps/worker",
  "packages/api",
  "packages/client",
  "packages/outcome",
  "packages/queue",
  "packages/scraper",
]);
const WORDS = new Set(["detail", "message"]);
const LOOKS_INTO = new Set([
  "startsWith",
  "endsWith",
  "includes",
  "indexOf",
  "match",
  "matchAll",
  "search",
]);
const PATTERN_VERBS = new Set(["test", "exec"]);
const ADDRESS_VERBS = new Set(["parse", "canParse"]);
const EQUALS = new Set(["===", "!==", "==", "!="]);

/** `detail`, `failure.detail`, `error.message.toLowerCase()`: a text for people. */
function isWords(value: unknown): boolean {
  if (!isNode(value)) return false;
  if (value.type === "Identifier") return WORDS.has(nameOf(value) ?? "");
  if (value.type === "MemberExpression") return WORDS.has(propertyOf(value) ?? "");
  if (value.type === "CallExpression") {
    const { callee } = value;
    return isNode(callee) && callee.type === "MemberExpression" && isWords(callee["object"]);
  }
  const wrapped = value.type === "ChainExpression" || value.type.startsWith("TS");
  return wrapped && isWords(value["expression"]);
}

const isText = (value: unknown): boolean =>
  isNode(value) && value.type === "Literal" && typeof value["value"] === "string";

export const wordsDecideNothing: Rule = {
  create(context) {
    const path = pathOf(context);
    if (!FIELD_ROOMS.has(roomOf(path) ?? "") || isTest(path)) return {};
    const report = (node: SyntaxNode) =>
      context.report({
        message: "Words are for people: give what decides a field of its own.",
        node,
      });
    return {
      CallExpression(node) {
        const { callee } = node;
        if (!isNode(callee)) return;
        const verb = propertyOf(callee) ?? "";
        const looks = LOOKS_INTO.has(verb) && isWords(callee["object"]);
        const takes =
          PATTERN_VERBS.has(verb) ||
          (ADDRESS_VERBS.has(verb) && nameOf(callee["object"]) === "URL");
        if (looks || (takes && nodesOf(node["arguments"]).some(isWords))) report(node);
      },
      NewExpression(node) {
        const isAddress = nameOf(node["callee"]) === "URL";
        if (isAddress && nodesOf(node["arguments"]).some(isWords)) report(node);
      },
      BinaryExpression(node) {
        if (!EQUALS.has(String(node["operator"]))) return;
        const sides = [node["left"], node["right"]];
        // Against "" it is asked whether there are any words, which is not what they say.
        const empty = sides.some((side) => isText(side) && nameOf(side) === "");
        if (sides.some(isWords) && sides.some(isText) && !empty) report(node);
      },
      SwitchStatement(node) {
        if (isWords(node["discriminant"])) report(node);
      },
    };
  },
};
