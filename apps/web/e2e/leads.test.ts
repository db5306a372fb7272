import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import {
  createBatch,
  describeInBrowser,
  path,
  product,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";
import { counting } from "./steps.ts";

/** A shop on Shopify in Duluth, whose site writes "MN", with a phone. */
const SHOP = "northpine-coffee.example";

const rowsOf = (page: Page, name: string) => page.getByRole("table", { name }).locator("tbody tr");

describeInBrowser("the pages of what scans found", () => {
  const browser = useBrowser();
  beforeAll(async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const others = product.sites.working.filter((site) => site !== SHOP).slice(0, 4);
    const domains = [SHOP, ...others];
    await waitForBatch(context, await createBatch(context, { domains, maxPages: 3 }));
  });

  it("give the e-mail and the phone of one business in two steps (task c)", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/leads"));
    const task = counting("c, among all leads");
    await task.do("northpine", page.getByRole("combobox").fill("northpine"));
    await expect.poll(() => rowsOf(page, "Leads").count()).toBe(1);
    await task.do("the row", page.getByRole("link", { name: /northpine/i }).click());
    const peek = page.getByRole("complementary", { name: "One of leads" });
    await peek.getByRole("button", { name: /^Copy .+@/ }).waitFor();
    await peek.getByRole("button", { name: /^Copy \+/ }).waitFor();
    task.tell();
    expect(task.steps).toHaveLength(2);
    await page.waitForURL(/peek=/);
    await page.keyboard.press("Escape");
    await expect.poll(() => peek.count()).toBe(0);
    expect(faults.join("\n")).toBe("");
  });

  it("give all Shopify sites with a phone in one state by one line (task e), which is a link", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/leads"));
    const task = counting("e");
    const line = page.getByRole("combobox");
    const typed = "technology:shopify has:phone region:Minnesota";
    await task.do(typed, line.fill(typed));
    await task.do("Enter", line.press("Enter"));
    await page.waitForURL(/technology=shopify/);
    await expect.poll(() => rowsOf(page, "Leads").allTextContents()).toHaveLength(1);
    task.tell();
    expect(task.steps).toHaveLength(2);
    const address = page.url();
    await page.getByRole("link", { name: /northpine/i }).waitFor();
    await page.getByRole("button", { name: "Remove the filter by has" }).click();
    await page.waitForURL((url) => !url.search.includes("has="));
    await page.goto(address);
    await expect.poll(() => rowsOf(page, "Leads").count()).toBe(1);
    expect(faults.join("\n")).toBe("");
  });

  it("open a row beside the list by j and k, and come back to the row by Back", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/leads"));
    await rowsOf(page, "Leads").nth(2).waitFor();
    const peek = page.getByRole("complementary", { name: "One of leads" });
    // What comes with the script is there, so keys do something.
    await page.getByRole("button", { name: "Columns" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    const second = await rowsOf(page, "Leads").nth(1).locator("[data-row]").textContent();
    await peek.getByRole("heading", { name: second ?? "" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/domains\//);
    await page.goBack();
    await page.waitForURL(/\/leads\?/);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(second);
    expect(faults.join("\n")).toBe("");
  });

  it("export what the filters show, and only what is new the second time", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/contacts"));
    await rowsOf(page, "Contacts").first().waitFor();
    const press = async (format: string) => {
      await page.getByRole("button", { name: "Export" }).click();
      const downloading = page.waitForEvent("download");
      await page.getByRole("link", { name: format }).click();
      return (await downloading).suggestedFilename();
    };
    expect(await press("Excel")).toMatch(/contacts.*\.xlsx$/);
    await page.reload();
    await rowsOf(page, "Contacts").first().waitFor();
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByText("Only what is new since my last export").click();
    const address = await page.getByRole("link", { name: "CSV" }).getAttribute("href");
    expect(address).toContain("since=");
    expect(faults.join("\n")).toBe("");
  });

  it("keep columns on the server and filters as views, with what was changed since", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/leads?has=phone"));
    await rowsOf(page, "Leads").first().waitFor();
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Country" }).click();
    await page.getByRole("columnheader", { name: "Country" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Views" }).click();
    await page.getByLabel("Name of the view").fill("Can be called");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.waitForURL(/view=can-be-called/);
    await page.goto(path("/leads?view=can-be-called"));
    await page.waitForURL(/has=phone/);
    await page.getByRole("columnheader", { name: "Country" }).waitFor();
    await page.getByRole("button", { name: "Can be called" }).waitFor();
    await page.getByRole("button", { name: "Remove the filter by has" }).click();
    await page.getByRole("button", { name: "Can be called · modified" }).click();
    await page.getByRole("button", { name: "Delete the view Can be called" }).click();
    await page.getByText("is deleted").waitFor();
    expect(faults.join("\n")).toBe("");
  });
});
