import { expect, it } from "vitest";
import { describeInBrowser, path, product, useBrowser, userWith } from "./product.ts";

describeInBrowser("without a mouse", () => {
  const browser = useBrowser();

  it("signs in, creates a batch, walks its rows and opens a job", async () => {
    const { page, faults } = await browser.open();
    const { email, password } = userWith("owner");
    const { keyboard } = page;
    await page.goto("/sign-in");
    // The first field has the focus already.
    await keyboard.type(email);
    await keyboard.press("Tab");
    await keyboard.type(password);
    await keyboard.press("Enter");
    await page.waitForURL(`**${path()}`);
    await page.getByRole("heading", { name: "Running now" }).waitFor();

    await keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Go to" }).waitFor();
    await keyboard.type("new b");
    await keyboard.press("Enter");
    await page.waitForURL("**/batches/new");
    const field = page.getByLabel("Domains", { exact: true });
    await field.waitFor();
    await expect
      .poll(() => field.evaluate((element) => element === document.activeElement))
      .toBe(true);
    await keyboard.insertText(product.sites.working.slice(0, 2).join("\n"));
    await page.getByRole("button", { name: "Create batch of 2 domains" }).waitFor();
    await keyboard.press("Control+Enter");
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/);
    const rows = page.getByRole("table", { name: "Results" }).locator("[data-row]");
    await rows.nth(1).waitFor();

    await keyboard.press("j");
    await keyboard.press("j");
    await keyboard.press("k");
    const focused = await page.evaluate(() => document.activeElement?.textContent);
    expect(focused).toBe(product.sites.working[0]);
    await keyboard.press("Enter");
    await page.waitForURL("**/jobs/*");
    await page.getByRole("heading", { name: focused ?? "" }).waitFor();
    expect(faults.join("\n")).toBe("");
  });

  it("gives the focus back when a menu, a dialog or the drawer closes", async () => {
    const { page } = await browser.open({
      as: userWith("owner"),
      viewport: { width: 360, height: 740 },
    });
    await page.goto(path("/jobs"));
    const opener = page.getByRole("button", { name: "Open navigation" });
    await opener.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Navigation" }).waitFor();
    await page.keyboard.press("Escape");
    await expect
      .poll(() => opener.evaluate((element) => element === document.activeElement))
      .toBe(true);

    const account = page.getByRole("button", { name: /^Account of/ });
    await account.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
    await page.keyboard.press("Escape");
    expect(await account.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.getByRole("menuitem").count()).toBe(0);

    await page.keyboard.press("/");
    expect(
      await page
        .getByLabel("Any part of a domain")
        .evaluate((element) => element === document.activeElement),
    ).toBe(true);
  });
});
