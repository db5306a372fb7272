import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import {
  createBatch,
  describeInBrowser,
  findJobs,
  path,
  product,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

const rowsOf = (page: Page): Locator => page.locator("tbody tr");
const boxOf = (page: Page, at: number): Locator =>
  rowsOf(page).nth(at).getByRole("checkbox", { name: "Select the row" });
const barOf = (page: Page): Locator => page.getByRole("region", { name: "Selection" });
const button = (within: Page | Locator, name: string | RegExp): Locator =>
  within.getByRole("button", { name });

describeInBrowser("rows that are selected", () => {
  const browser = useBrowser();
  // One that no other file's tests mark as contacted.
  const SITE = product.sites.working[2] ?? "";
  // Lines that name no site have failed, and cannot run again.
  const lines = Array.from({ length: 60 }, (_, at) => `no site ${at}`);
  let batchId: string;
  beforeAll(async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const domains = [...lines, product.sites.vanished, SITE];
    batchId = await createBatch(context, { domains, maxPages: 1, label: "Selected" });
    await waitForBatch(context, batchId);
  });

  it("are kept while pages turn; all that match are acted on, those left out with their reasons", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path(`/batches/${batchId}?status=failed`));
    await rowsOf(page).nth(49).waitFor();
    await boxOf(page, 0).click();
    await boxOf(page, 3).click({ modifiers: ["Shift"] });
    const bar = barOf(page);
    await bar.getByText("4 jobs selected").waitFor();
    await button(page, /Next/).click();
    await expect.poll(() => rowsOf(page).count()).toBe(11);
    expect(await boxOf(page, 0).isChecked()).toBe(false);
    await page.getByRole("checkbox", { name: "Select the rows of this page" }).click();
    await bar.getByText("15 jobs selected").waitFor();
    await page.goBack();
    await expect.poll(() => boxOf(page, 3).isChecked()).toBe(true);
    await button(bar, "Clear the selection").click();
    await expect.poll(() => bar.count()).toBe(0);

    await page.getByRole("checkbox", { name: "Select the rows of this page" }).click();
    await button(bar, "Select all 61 that match").click();
    await bar.getByText("All 61 jobs that match").waitFor();
    await button(bar, "Run again").click();
    const dialog = page.getByRole("dialog", { name: "Run again" });
    await dialog.getByText("1 job will be run again.").waitFor();
    await dialog.getByText("60 are left as they are:").waitFor();
    await dialog.getByText("This line names no web site").waitFor();
    // The focus is on what begins it.
    await page.keyboard.press("Enter");
    await expect.poll(() => bar.count()).toBe(0);
    const told = page.getByRole("status").filter({ hasText: "1 job run again, 60 left" });
    await told.getByRole("link").click();
    await page.waitForURL(/\/bulk\/[0-9a-f-]{36}$/);
    await page.getByText("1 of 61 done").waitFor();
    await page.getByText("60 skipped").waitFor();
    const left = page.getByRole("table", { name: "Rows left as they were" });
    await left.getByRole("link", { name: "no site 7", exact: true }).waitFor();
    await page.goto(path("/bulk"));
    await page.getByRole("link", { name: "Run jobs again" }).first().waitFor();
    await waitForBatch(context, batchId);
    expect(faults.join("\n")).toBe("");
  });

  it("are chosen by keys, as is what is done with one of them", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path(`/batches/${batchId}`));
    await rowsOf(page).nth(49).waitFor();
    const { keyboard } = page;
    for (const key of ["j", "x", "j", "j", "Shift+X"]) await keyboard.press(key);
    const bar = barOf(page);
    await bar.getByText("3 jobs selected").waitFor();
    const peek = page.getByRole("complementary", { name: "One of jobs" });
    await peek.getByRole("link", { name: "Open the job" }).waitFor();
    // What is on top goes first.
    await keyboard.press("Escape");
    await expect.poll(() => peek.count()).toBe(0);
    await keyboard.press("Escape");
    await expect.poll(() => bar.count()).toBe(0);

    const [failed] = (await findJobs(context, batchId)).filter(
      ({ domain }) => domain === product.sites.vanished,
    );
    await page.goto(path(`/jobs?q=${failed?.domain}`));
    await expect.poll(() => rowsOf(page).count()).toBeGreaterThan(0);
    await keyboard.press("j");
    await keyboard.press("m");
    const menu = page.getByRole("menu", { name: "What can be done with the row" });
    await menu.getByRole("menuitem", { name: "Run again" }).waitFor();
    await keyboard.press("Escape");
    await expect.poll(() => menu.count()).toBe(0);
    await keyboard.press("m");
    await menu.getByRole("menuitem", { name: "Run again" }).waitFor();
    await keyboard.press("Enter");
    await page.getByText("1 job run again.").waitFor();
    await expect.poll(() => menu.count()).toBe(0);
    await waitForBatch(context, batchId);
    expect(faults.join("\n")).toBe("");
  });

  it("are changed back within ten seconds, where what they were is kept", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path(`/leads?q=${SITE}`));
    await rowsOf(page).first().waitFor();
    await boxOf(page, 0).click();
    await button(barOf(page), "Mark as contacted").click();
    await page.getByRole("dialog").getByText("1 lead will be marked as contacted.").waitFor();
    await page.keyboard.press("Enter");
    const told = page.getByRole("status").filter({ hasText: "1 lead marked as contacted." });
    await button(told, "Undo").click();
    await page.getByText("It is as it was before.").waitFor();
    await page.goto(path(`/leads?q=${SITE}&contacted=yes`));
    await page.getByText("No lead matches these filters").waitFor();
    expect(faults.join("\n")).toBe("");
  });

  it("are not to be had by who may do nothing with them", async () => {
    const { page } = await browser.open({ as: userWith("viewer") });
    await page.goto(path(`/batches/${batchId}`));
    await rowsOf(page).nth(49).waitFor();
    expect(await page.getByRole("checkbox").count()).toBe(0);
    expect(await button(page, "What can be done with the row").count()).toBe(0);
  });
});
