import { beforeAll, expect, it } from "vitest";
import { createBatch, describeInBrowser, path, product, useBrowser, userWith } from "./product.ts";

const LABEL = "A list that runs again";

describeInBrowser("schedules", () => {
  const browser = useBrowser();

  beforeAll(async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const [domain = ""] = product.sites.working;
    await createBatch(context, { domains: [domain], maxPages: 1, label: LABEL });
  });

  it("is made with its next runs in sight, paused, resumed, run, changed and deleted", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/schedules"));
    await page.getByRole("button", { name: "New schedule" }).first().click();
    const form = page.getByRole("dialog", { name: "New schedule" });
    await form.getByLabel("Name").fill("Every weekday");
    await form.getByLabel("Batch", { exact: true }).selectOption({ label: LABEL });
    await form.getByLabel("Time zone").fill("Europe/Berlin");
    await form.getByLabel("When").fill("*/5 * * * *");
    await form.getByText("A schedule runs at most every 15 minutes").waitFor();
    await form.getByRole("button", { name: "Weekdays" }).click();
    await form.getByText("At 06:00, Monday through Friday").waitFor();
    await expect.poll(() => form.getByRole("listitem").count()).toBe(5);
    expect(await form.getByRole("listitem").allTextContents()).toEqual(
      Array(5).fill(expect.stringMatching(/^(Mon|Tue|Wed|Thu|Fri), .* 06:00$/)),
    );
    await form.getByRole("button", { name: "Create schedule" }).click();
    await page.getByRole("heading", { name: "Every weekday" }).waitFor();

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("None while it is paused").waitFor();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("button", { name: "Pause" }).waitFor();

    await page.getByRole("button", { name: "Edit…" }).click();
    const edit = page.getByRole("dialog", { name: "Edit schedule" });
    await edit.getByLabel("Scans").selectOption({ label: "Leads that a filter finds" });
    await edit
      .getByLabel("Filter")
      .fill(`https://any.example${path("/leads")}?country=DE&has=email,shop`);
    await edit.getByText("Leads: has email, shop; country DE").waitFor();
    await edit.getByLabel("Scans").selectOption({ label: "The list of a batch" });
    await edit.getByLabel("Name").fill("Each weekday");
    await edit.getByRole("button", { name: "Save schedule" }).click();
    await page.getByRole("heading", { name: "Each weekday" }).waitFor();

    await page.getByRole("button", { name: "Run now" }).click();
    await page.getByRole("heading", { name: "Each weekday" }).waitFor();
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/);
    await page.goto(path("/schedules"));
    await page.getByRole("link", { name: "Each weekday" }).click();
    await page.getByRole("link", { name: "By hand" }).waitFor();

    await page.getByRole("button", { name: "Delete…" }).click();
    await page.getByRole("button", { name: "Delete schedule" }).click();
    await page.waitForURL(new RegExp(`${path("/schedules")}$`));
    await page.getByRole("heading", { name: "Schedules" }).waitFor();
    await expect.poll(() => page.getByRole("link", { name: "Each weekday" }).count()).toBe(0);
    expect(faults.join("\n")).toBe("");
  });

  it("is read by a viewer, without a button", async () => {
    const { page } = await browser.open({ as: userWith("viewer") });
    await page.goto(path("/schedules"));
    await page.getByRole("heading", { name: "Schedules" }).waitFor();
    expect(await page.getByRole("button", { name: "New schedule" }).count()).toBe(0);
  });
});
