import { FEATURES } from "@scrapersky/api/contract";
import { expect, it } from "vitest";
import type { Page } from "playwright-core";
import {
  createBatch,
  createSchedule,
  createWebhook,
  describeInBrowser,
  path,
  product,
  startBulk,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

const namesOf = (page: Page): Promise<string[]> =>
  page.getByRole("table", { name: "Results" }).locator("tbody [data-row]").allTextContents();

const press = (page: Page, name: RegExp) => page.getByRole("button", { name }).click();

describeInBrowser("the pages of a list", () => {
  const browser = useBrowser();
  // Lines that name no site have failed before anybody visits anything.
  const lines = Array.from({ length: 120 }, (_, at) => `no site ${at}`);
  const pages = [lines.slice(0, 50), lines.slice(50, 100), lines.slice(100)];

  it("lead there and back, from a reload or a link too", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("owner") });
    const [site = ""] = product.sites.working;
    const batchId = await createBatch(context, { domains: [...lines, site], maxPages: 1 });
    const first = path(`/batches/${batchId}?status=failed`);
    await page.goto(first);
    await expect.poll(() => namesOf(page)).toEqual(pages[0]);
    await press(page, /Next/);
    await expect.poll(() => namesOf(page)).toEqual(pages[1]);
    await press(page, /Next/);
    await expect.poll(() => namesOf(page)).toEqual(pages[2]);
    expect(await page.getByRole("button", { name: /Next/ }).isDisabled()).toBe(true);
    await page.reload();
    await expect.poll(() => namesOf(page)).toEqual(pages[2]);
    await press(page, /Previous/);
    await expect.poll(() => namesOf(page)).toEqual(pages[1]);
    await press(page, /Previous/);
    await expect.poll(() => namesOf(page)).toEqual(pages[0]);
    await page.waitForURL(`**${first}`);
    expect(await page.getByRole("button", { name: /Previous/ }).isDisabled()).toBe(true);
    await page.goBack();
    await page.waitForURL(/cursor=/);
    expect(faults.join("\n")).toBe("");
  });

  it("begin anew, and say so, where the address names one that is gone", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("owner") });
    // Every list has a row: a business with an address, and a file of one.
    const [site = ""] = product.sites.working;
    const batchId = await createBatch(context, { domains: [site], maxPages: 1 });
    await waitForBatch(context, batchId);
    const target = { list: "batches", ids: [batchId] };
    await startBulk(context, { action: "batches.pause", target });
    await createSchedule(context, batchId);
    await createWebhook(context, site);
    const file = await context.request.get("/api/v3/export/leads.csv", {
      headers: { "x-tenant": product.tenant },
    });
    expect(file.ok()).toBe(true);
    const note = page.getByText("This address names a page that is gone");
    // Roles and features are no lists: there are as many as the program has.
    const lists = FEATURES.filter(({ urlPath }) => !["/roles", "/features"].includes(urlPath));
    for (const { urlPath } of lists) {
      await page.goto(path(`${urlPath}?cursor=of-another-list`));
      await note.waitFor();
      expect(await page.locator("tbody tr").count(), urlPath).toBeGreaterThan(0);
    }
    await page.goto(path("/profiles"));
    await page.locator("tbody tr").first().waitFor();
    expect(await note.count()).toBe(0);
    expect(faults.join("\n")).toBe("");
  });
});
