import { expect, it } from "vitest";
import { describeInBrowser, path, useBrowser, userWith } from "./product.ts";

/** Of these, Next and React alone are about 134,000. */
const SCRIPT_BYTES_MAX = 185_000;

describeInBrowser("the weight of a list page", () => {
  const browser = useBrowser();

  it("stays within its budget of gzipped script, and its first answer holds the rows", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const sizes: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script") {
        sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
      }
    });
    await page.goto(path("/jobs"), { waitUntil: "networkidle" });
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    console.log(`A list page loads ${bytes.toLocaleString("en")} bytes of script.`);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(SCRIPT_BYTES_MAX);

    const html = await (await context.request.get(path("/profiles"))).text();
    expect(html).toContain(userWith("viewer").email);
  });
});
