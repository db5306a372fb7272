import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const TITLED = /<[a-z][a-z0-9]*\b(?:=>|[^<>])*?\stitle=/;

it("tells by `data-hint` what a `title` would keep from keyboards and fingers", () => {
  const root = join(import.meta.dirname, "..");
  const titled = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".tsx") && TITLED.test(readFileSync(join(root, path), "utf8")),
  );
  expect(titled).toEqual([]);
  expect('<span onClick={() => go()} title="x">').toMatch(TITLED);
  expect('<Page title="x"><span data-hint="y">').not.toMatch(TITLED);
});
