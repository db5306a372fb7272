import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { createdBatch, describeInBrowser, path, useBrowser, userWith } from "./product.ts";

const field = (page: Page) => page.getByLabel("Domains", { exact: true });
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const isKept = (page: Page, text: string) =>
  page.waitForFunction(
    (looked) => Object.values(localStorage).some((kept) => String(kept).includes(looked)),
    text,
  );

describeInBrowser("the draft of a batch", () => {
  const browser = useBrowser();

  it("survives a reload", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    await field(page).fill("acme-bakery.com\nharbor-dental.com");
    await page.getByLabel("Label").fill("Kept");
    await isKept(page, "Kept");
    await page.reload();
    await button(page, "Create batch of 2 domains").waitFor();
    expect(await page.getByLabel("Label").inputValue()).toBe("Kept");

    // The page is drawn before its script comes: what is typed meanwhile is added to the draft.
    const scripts = Promise.withResolvers<void>();
    await page.route("**/_next/static/**/*.js", async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await page.reload({ waitUntil: "commit" });
    await field(page).fill("typed-before.com");
    scripts.resolve();
    await button(page, "Create batch of 3 domains").waitFor();
    expect(await field(page).inputValue()).toBe(
      "acme-bakery.com\nharbor-dental.com\ntyped-before.com",
    );
    expect(faults.join("\n")).toBe("");
  });

  it("keeps files, what was chosen for them and what was mended in them", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    await page.getByLabel("List files").setInputFiles({
      name: "Customers.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("Website,Shop\nacme.com,acme-shop.com\nharbor.com,no shop"),
    });
    await button(page, "Create batch of 2 domains").waitFor();
    expect(await page.getByLabel("Label").inputValue()).toBe("Customers");
    await page.getByLabel("Column with names in Customers.csv").selectOption("Shop");
    await page.getByLabel("Mend line 3").fill("harbor-shop.com");
    await page.getByLabel("Mend line 3").press("Enter");
    await page.getByText("harbor-shop.com").waitFor();
    await isKept(page, "harbor-shop.com");

    await page.reload();
    await page.getByText("harbor-shop.com").waitFor();
    await page.getByText("acme-shop.com").waitFor();
    // A browser that has lost the file says so.
    await page.evaluate(() => indexedDB.deleteDatabase("scrapersky-drafts"));
    await page.close();
    const next = await context.newPage();
    await next.goto(path("/batches/new"));
    await next.getByText("This browser keeps the file no longer").waitFor();
    await button(next, "Remove Customers.csv").click();
    await next.getByText("Nothing pasted yet").waitFor();
  });

  it("can be used again after it was cleared, or made a batch", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    await field(page).fill("used-again.example");
    await button(page, "Create batch of 1 domain").waitFor();
    await button(page, "Clear").click();
    expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field(page).inputValue()).toBe("");
    await button(page, "Use this list again").click();
    await button(page, "Create batch of 1 domain").click();
    await createdBatch(page, context);

    await page.goto(path("/batches/new"));
    await page.getByText(/1 domain, created/).waitFor();
    expect(await field(page).inputValue()).toBe("");
    await button(page, "Use this list again").click();
    expect(await field(page).inputValue()).toBe("used-again.example");
  });

  it("makes one batch however often it is sent: twice in a row, after a lost answer, after a reload", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    await field(page).fill("sent-once.example");
    const keys: string[] = [];
    const made: string[] = [];
    await page.route("**/api/trpc/*batches.create**", async (route) => {
      keys.push(
        String(
          route
            .request()
            .postData()
            ?.match(/"idempotencyKey":"([^"]+)"/)?.[1],
        ),
      );
      const answer = await route.fetch();
      made.push(String((await answer.text()).match(/"batchId":"([^"]+)"/)?.[1]));
      if (keys.length < 3) await route.abort();
      else await route.fulfill({ response: answer });
    });
    await button(page, "Create batch of 1 domain").dblclick();
    const alert = page.getByRole("alert").filter({ hasText: "The server cannot be reached" });
    await alert.waitFor();
    expect(keys).toHaveLength(1);
    await button(page, "Create batch of 1 domain").click();
    await expect.poll(() => keys.length).toBe(2);
    await alert.waitFor();
    await page.reload();
    await button(page, "Create batch of 1 domain").click();
    const batchId = await createdBatch(page, context);
    expect([new Set(keys).size, [...new Set(made)]]).toEqual([1, [batchId]]);
  });

  it("waits where the session has ended, and is sent after signing in again", async () => {
    const user = userWith("owner");
    const { page, context } = await browser.open({ as: user });
    await page.goto(path("/batches/new"));
    await field(page).fill("after-the-session.example");
    await button(page, "Create batch of 1 domain").waitFor();
    const cookies = await context.cookies();
    await context.clearCookies();
    await button(page, "Create batch of 1 domain").click();
    const alert = page.getByRole("alert").filter({ hasText: "Your session has ended" });
    await alert.waitFor();
    await context.addCookies(cookies);
    await page.reload();
    await button(page, "Create batch of 1 domain").click();
    expect(await createdBatch(page, context)).not.toBe("");
  });
});
