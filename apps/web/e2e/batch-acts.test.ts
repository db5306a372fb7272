import { expect, it } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import {
  createBatch,
  describeInBrowser,
  path,
  product,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

const more = async (page: Page, entry: string): Promise<void> => {
  await page.getByRole("button", { name: "More for this batch" }).click();
  await page.getByRole("menuitem", { name: entry }).click();
};

const pause = async (context: BrowserContext, batchId: string): Promise<void> => {
  const answer = await context.request.post("/api/trpc/batches.pause", {
    data: { batchId },
    headers: { "x-tenant": product.tenant, origin: product.web },
  });
  expect(answer.status()).toBe(200);
};

describeInBrowser("acts on a batch", () => {
  const browser = useBrowser();

  it("a paused batch says so, and goes on when it is resumed", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("operator") });
    const domains = product.sites.working.slice(0, 5);
    const batchId = await createBatch(context, { domains, maxPages: 2, maxConcurrent: 1 });
    await pause(context, batchId);
    await page.goto(path(`/batches/${batchId}`));
    await page.getByText("Paused: nothing of it runs until you resume it.").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByText("5 of 5 read").waitFor();
    expect(await page.getByRole("button", { name: /^(Pause|Resume)$/ }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it("a batch is renamed, its failed domains run again, and its list makes another one", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("operator") });
    const domains = [...product.sites.working.slice(0, 1), product.sites.vanished];
    const batchId = await createBatch(context, { domains, maxPages: 3, maxConcurrent: 2 });
    await waitForBatch(context, batchId);
    await page.goto(path(`/batches/${batchId}`));
    await more(page, "Rename…");
    await page.getByRole("dialog").getByLabel("Label").fill("Named by hand");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Named by hand" }).waitFor();

    await more(page, "New batch of what failed");
    const field = page.getByLabel("Domains", { exact: true });
    await expect.poll(() => field.inputValue()).toBe(product.sites.vanished);
    expect(await page.getByLabel("Label").inputValue()).toBe("Named by hand");
    expect(await page.getByLabel("Pages a domain").inputValue()).toBe("3");

    await page.goto(path(`/batches/${batchId}`));
    await more(page, "Run failed again…");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Pages at most").fill("2");
    await dialog.getByRole("button", { name: "Run 1 domain again" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Cancel batch…" }).waitFor();
    expect(faults).toEqual([]);
  });

  it("a deleted batch is nowhere to be seen", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("owner") });
    const domains = product.sites.working.slice(0, 1);
    const label = "To be deleted";
    const batchId = await createBatch(context, { domains, maxPages: 1, label });
    await waitForBatch(context, batchId);
    await page.goto(path(`/batches/${batchId}`));
    await more(page, "Delete…");
    await page.getByRole("dialog").getByRole("button", { name: "Delete 1 job" }).click();
    await page.getByRole("heading", { name: `Deleted: ${label}` }).waitFor();
    const listed = await context.newPage();
    await listed.goto(path("/batches"));
    await listed.getByRole("heading", { name: "Batches" }).waitFor();
    expect(await listed.getByRole("link", { name: label }).count()).toBe(0);
    expect(faults).toEqual([]);
  });
});
