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

/** A shop on Shopify in Duluth, whose site writes "MN", with a phone. */
const SHOP = "northpine-coffee.example";

/** Counts what a person does: each press, each line typed. */
const stepsOf = (task: string) => {
  let steps = 0;
  return {
    step: async (act: Promise<unknown>): Promise<void> => {
      steps += 1;
      await act;
    },
    tell: (): number => {
      console.log(`${task}: ${steps} steps.`);
      return steps;
    },
  };
};

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
    const { step, tell } = stepsOf("c. the e-mail and phone of one business");
    await step(page.getByRole("combobox").fill("northpine"));
    await expect.poll(() => rowsOf(page, "Leads").count()).toBe(1);
    await step(page.getByRole("link", { name: /northpine/i }).click());
    const peek = page.getByRole("complementary", { name: "One of leads" });
    await peek.getByRole("button", { name: /^Copy .+@/ }).waitFor();
    await peek.getByRole("button", { name: /^Copy \+/ }).waitFor();
    expect(tell()).toBe(2);
    await page.waitForURL(/peek=/);
    await page.keyboard.press("Escape");
    await expect.poll(() => peek.count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it("give all Shopify sites with a phone in one state by one line (task e), which is a link", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/leads"));
    const { step, tell } = stepsOf("e. all Shopify sites with a phone in one state");
    const line = page.getByRole("combobox");
    await step(line.fill("technology:shopify has:phone region:Minnesota"));
    await step(line.press("Enter"));
    await page.waitForURL(/technology=shopify/);
    await expect.poll(() => rowsOf(page, "Leads").allTextContents()).toHaveLength(1);
    expect(tell()).toBe(2);
    const address = page.url();
    await page.getByRole("link", { name: /northpine/i }).waitFor();
    await page.getByRole("button", { name: "Remove the filter by has" }).click();
    await page.waitForURL((url) => !url.search.includes("has="));
    await page.goto(address);
    await expect.poll(() => rowsOf(page, "Leads").count()).toBe(1);
    expect(faults).toEqual([]);
  });
});
