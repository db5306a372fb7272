import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withDiagrams } from "./lifecycle-diagram.ts";

const path = join(import.meta.dirname, "../../../docs/lifecycle.md");

// Rewrites the document: `npx vitest run test/lifecycle-document.test.ts -u` in packages/api.
test("docs/lifecycle.md draws the machines that run", async () => {
  await expect(withDiagrams(await readFile(path, "utf8"))).toMatchFileSnapshot(path);
});

test("a document that has lost a marker is refused, not passed over", () => {
  expect(() => withDiagrams("# Lifecycle")).toThrow("has no <!-- machine: job -->");
});
