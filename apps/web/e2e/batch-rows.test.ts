import { expect, it } from "vitest";
import type { Page } from "playwright-core";
import { createBatch, describeInBrowser, path, product, useBrowser, userWith } from "./product.ts";

const jobsOf = (page: Page) => page.getByRole("table", { name: "Visits" });

const letGo = (name: string) => fetch(`${product.sites.release}${name}`);

const statusesOf = (page: Page): Promise<string[]> =>
  jobsOf(page).locator("tbody tr td:nth-child(3)").allTextContents();

describeInBrowser("the rows of a batch", () => {
  const browser = useBrowser();

  it("follow the counts to the end, and keep focus and place", async () => {
    const { page, context, faults } = await browser.open({
      as: userWith("owner"),
      viewport: { width: 1280, height: 600 },
    });
    const domains = product.sites.held.slice(3, 13);
    await Promise.all(domains.slice(0, 2).map(letGo));
    const batchId = await createBatch(context, { domains, maxPages: 3, maxConcurrent: 2 });
    await page.goto(path(`/batches/${batchId}?tab=visits`));
    const focused = jobsOf(page).getByRole("link", { name: domains[4] ?? "" });
    await focused.focus();
    await page.evaluate(() => scrollTo({ top: 300 }));
    const topOfFocused = (): Promise<number> =>
      focused.evaluate((row) => Math.round(row.getBoundingClientRect().top));
    const top = await topOfFocused();

    const still = [
      "Complete",
      "Complete",
      "Running",
      "Running",
      ...Array<string>(6).fill("Waiting"),
    ];
    await expect.poll(() => statusesOf(page)).toEqual(still);
    await Promise.all(domains.map(letGo));
    await page.getByText("10 of 10 read").waitFor();
    await expect.poll(() => statusesOf(page)).toEqual(domains.map(() => "Complete"));

    expect(await focused.evaluate((row) => row === document.activeElement)).toBe(true);
    // The heading may become a pixel lower when its button goes.
    expect(Math.abs((await topOfFocused()) - top)).toBeLessThanOrEqual(1);
    expect(faults.join("\n")).toBe("");
  });

  it("leave a filter they no longer match", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const domains = product.sites.held.slice(13);
    const batchId = await createBatch(context, { domains, maxPages: 2, maxConcurrent: 1 });
    await page.goto(path(`/batches/${batchId}?tab=visits&status=pending`));
    await jobsOf(page).waitFor();
    await Promise.all(domains.map(letGo));
    await page.getByText("2 of 2 read").waitFor();
    await page.getByText("No job matches these filters").waitFor();
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await expect.poll(() => statusesOf(page)).toEqual(domains.map(() => "Complete"));
  });

  it("agree with the counts without the stream of news", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await page.route("**/batches.onProgress**", (route) => route.abort());
    const batchId = await createBatch(context, {
      domains: product.sites.working.slice(0, 4),
      maxPages: 2,
      maxConcurrent: 1,
    });
    await page.goto(path(`/batches/${batchId}?tab=visits`));
    await page.getByText("4 of 4 read").waitFor();
    await expect.poll(() => statusesOf(page)).toEqual(Array(4).fill("Complete"));
  });
});
