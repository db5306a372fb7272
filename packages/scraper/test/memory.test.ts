import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const heapBytes = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed;
};

test("a visit of many long pages holds none of them", async () => {
  const links = Array.from({ length: 60 }, (_, index) => `<a href="/p${index}">p</a>`).join("");
  const ballast = "<p>one paragraph of ballast among many</p>".repeat(12_000);
  let held = 0;
  const site = siteOf(({ path }) => {
    if (path === "/robots.txt" || path === "/sitemap.xml") return { status: 404 };
    // all but the last page have been read by now
    if (path === "/p58") held = heapBytes();
    return page(`<title>${path}</title>${links}${ballast}`);
  });
  const before = heapBytes();
  const { outcome } = await visitSite(site, { maxPages: 60 });
  expect(done(outcome).pages).toHaveLength(60);
  // sixty pages of half a megabyte would be 30 MB
  expect(held - before).toBeLessThan(12_000_000);
});
