import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { OPENINGS } from "../../e2e/openings.ts";

const SOURCES = join(import.meta.dirname, "..");
/** Of these all that opens is made. */
const PARTS = /^(?:ui|gallery)\//;
const DRAWS =
  /<(?:Dialog|FormDialog|ConfirmDialog|Popover|Menu|MenuPanel|aside\s[^>]*tabIndex)\b|role="listbox"/s;

it("names for the browser whatever can open over a page or beside it", () => {
  const drawn = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter(
    (path) =>
      path.endsWith(".tsx") &&
      !path.endsWith(".test.tsx") &&
      !PARTS.test(path) &&
      DRAWS.test(readFileSync(join(SOURCES, path), "utf8")),
  );
  expect(Object.keys(OPENINGS).toSorted()).toEqual(drawn.toSorted());
});
