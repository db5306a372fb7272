// The wall before tests that a slow machine would fail.
import { isNode, nameOf, pathOf, propertyOf, type Rule, type SyntaxNode } from "../syntax.ts";

/** What reads a clock that a test did not set, and what waits with a deadline of its own. */
const CLOCKS: Record<string, readonly string[]> = {
  performance: ["now"],
  process: ["cpuUsage", "hrtime", "resourceUsage"],
  vi: ["waitFor", "waitUntil"],
};

export const testKeepsNoTime: Rule = {
  create(context) {
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
