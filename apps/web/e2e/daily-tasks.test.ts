import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import {
  createBatch,
  createdBatch,
  createLongBatch,
  describeInBrowser,
  findJobs,
  path,
  product,
  setVisibility,
  typeStaff,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";
import { counting } from "./steps.ts";

const DENTIST = "harborview-dental.example";

/** Rows as a spreadsheet puts them on the clipboard. */
const spreadsheet = (rows: number): string =>
  [
    ["Company", "Contact", "E-mail", "Website", "Phone", "Town"],
    ...Array.from({ length: rows }, (_, at) => [
      `Company ${at}, Ltd.`,
      `Ann Example ${at}`,
      `ann${at}@mail.example`,
      at % 3 === 0 ? `https://www.shop-${at}.example/about` : `shop-${at}.example`,
      `+1 207 555 ${String(1000 + at)}`,
      "Portland",
    ]),
  ]
    .map((cells) => cells.join("\t"))
    .join("\n");

describeInBrowser("the daily tasks, step by step", () => {
  const browser = useBrowser();
  const finishedBatch = async (context: Parameters<typeof createBatch>[0], domains: string[]) => {
    const batchId = await createBatch(context, { domains, maxPages: 3 });
    await waitForBatch(context, batchId);
    return batchId;
  };

  it("a: 300 messy rows of a spreadsheet are started with one click", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    const task = counting("a");
    const field = page.getByLabel("Domains", { exact: true });
    await field.focus();
    // A paste is no click: the list stands on the clipboard of whoever comes with it.
    await page.keyboard.insertText(spreadsheet(300));
    const start = page.getByRole("button", { name: "Create batch of 300 domains" });
    await start.waitFor();
    await task.do("Create batch of 300 domains", start.click());
    await createdBatch(page, context);
    task.tell();
    expect(task.steps).toHaveLength(1);
  });

  it("b: the failed of one reason run again in two steps", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const [working = ""] = product.sites.working;
    const batchId = await finishedBatch(context, [working, product.sites.vanished]);
    await page.goto(path(`/batches/${batchId}`));
    await page.getByText("1 of 2 read").waitFor();
    // It fails once more, and may have before anybody looks.
    const attempts = async () =>
      (await findJobs(context, batchId)).reduce((sum, job) => sum + job.attempts, 0);
    const before = await attempts();
    const task = counting("b");
    await task.do("Reasons", page.getByRole("link", { name: /^Reasons/ }).click());
    const again = page.getByRole("button", { name: /^Run it again/ });
    await task.do("Run it again", again.click());
    await expect.poll(attempts).toBeGreaterThan(before);
    task.tell();
    expect(task.steps).toHaveLength(2);
  });

  it("b: whatever failed in a batch, for whichever reason, runs again in three steps", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const [working = ""] = product.sites.working;
    const batchId = await finishedBatch(context, [working, product.sites.vanished]);
    await page.goto(path(`/batches/${batchId}?status=failed`));
    const all = page.getByRole("checkbox", { name: "Select the rows of this page" });
    await all.waitFor();
    const task = counting("b, all reasons");
    await task.do("select the page", all.click());
    const bar = page.getByRole("region", { name: "Selection" });
    await task.do("Run again", bar.getByRole("button", { name: "Run again" }).click());
    await page.getByRole("dialog").getByText("1 job will be run again.").waitFor();
    await task.do("Enter", page.keyboard.press("Enter"));
    await page.getByText("1 job run again.").waitFor();
    task.tell();
    expect(task.steps).toHaveLength(3);
    await waitForBatch(context, batchId);
  });

  it("k: a batch is found by any part of its name in two steps", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const label = "Florists of Duluth, spring";
    const batchId = await createBatch(context, { domains: product.sites.held.slice(0, 1), label });
    await page.goto(path("/batches"));
    const task = counting("k");
    await task.do("duluth", page.getByRole("combobox", { name: /batch's name/ }).fill("DULUTH"));
    await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
    await task.do("the batch", page.getByRole("link", { name: label }).click());
    await createdBatch(page, context);
    expect(page.url()).toContain(batchId);
    task.tell();
    expect(task.steps).toHaveLength(2);
  });

  it("c: the e-mail and the phone of one business of a batch are in sight, and copied in one step", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const batchId = await finishedBatch(context, [DENTIST]);
    await page.goto(path(`/batches/${batchId}`));
    const row = page.getByRole("table", { name: "Results" }).getByRole("row", { name: DENTIST });
    await row.getByRole("link", { name: /^\+1 207/ }).waitFor();
    const task = counting("c");
    await task.do("Copy", row.getByRole("button", { name: /^Copy / }).click());
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toContain(`@${DENTIST}`);
    task.tell();
    expect(task.steps).toHaveLength(1);
  });

  it("d: the best contacts of a batch, and its own list, are a sheet in two clicks", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const batchId = await finishedBatch(context, [DENTIST]);
    await page.goto(path(`/batches/${batchId}`));
    for (const [file, name] of [
      ["Best contacts, Excel", /\.xlsx$/],
      ["My list back, CSV", /\.csv$/],
    ] as const) {
      const task = counting(`d, ${file}`);
      const download = page.waitForEvent("download");
      await task.do("Export", page.getByRole("button", { name: "Export" }).click());
      await task.do(file, page.getByRole("menuitem", { name: file }).click());
      expect((await download).suggestedFilename()).toMatch(name);
      expect(await (await download).failure()).toBeNull();
      task.tell();
      expect(task.steps).toHaveLength(2);
    }
  });

  it("f: a wrong batch is cancelled and made again with other settings in six steps", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const batchId = await createLongBatch(context, 12);
    await page.goto(path(`/batches/${batchId}`));
    const task = counting("f");
    const press = async (name: string | RegExp): Promise<void> => {
      const found = page.getByRole("button", { name }).or(page.getByRole("menuitem", { name }));
      await task.do(String(name), found.last().click());
    };
    await press("Cancel batch…");
    await press(/^Cancel \d+ domains?$/);
    await page.getByText("Cancelled", { exact: true }).first().waitFor();
    await press("More for this batch");
    await press("New batch from this list");
    await page.getByRole("button", { name: "Create batch of 12 domains" }).waitFor();
    expect(await page.getByLabel("Pages a domain").inputValue()).toBe("50");
    await task.do("Pages a domain", page.getByLabel("Pages a domain").fill("3"));
    await press("Create batch of 12 domains");
    expect(await createdBatch(page, context)).not.toBe(batchId);
    task.tell();
    expect(task.steps).toHaveLength(6);
  });

  it("j: another tenant is two steps away", async () => {
    const viewer = userWith("viewer");
    await typeStaff("add", viewer.email, "--tenant", "harbor", "--role", "viewer");
    const { page } = await browser.open({ as: viewer });
    await page.goto(path("/batches"));
    const task = counting("j");
    await task.do("Tenants", page.getByRole("button", { name: /, switch tenant$/ }).click());
    await task.do("Harbor", page.getByRole("menuitem", { name: /harbor/i }).click());
    await page.waitForURL("**/t/harbor");
    task.tell();
    expect(task.steps).toHaveLength(2);
  });

  it("l: who made a batch is told that it is done: in the tab's title, by the bell, once", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("operator") });
    // What is asked every quarter of a minute is asked every second.
    await page.addInitScript(() => {
      const every = setInterval;
      window.setInterval = ((run: TimerHandler, ms?: number) =>
        every(run, ms === 15_000 ? 1_000 : ms)) as typeof setInterval;
    });
    await page.goto(path("/profiles"));
    const bell = page.getByRole("button", { name: /^Notifications/ });
    await bell.waitFor();
    const before = await unreadOf(bell);
    await setVisibility(page, "hidden");
    await finishedBatch(context, product.sites.working.slice(0, 1));
    await expect.poll(() => page.title()).toMatch(/^\(1\) /);
    expect(await unreadOf(bell)).toBe(before + 1);
    await setVisibility(page, "visible");
    await expect.poll(() => page.title()).toBe("Profiles · ScraperSky");
    const task = counting("l");
    await task.do("Notifications", bell.click());
    const list = page.getByRole("dialog", { name: "Notifications" });
    const newest = list.getByRole("listitem").first().getByRole("link");
    await newest.getByText("1 of 1 read").waitFor();
    await task.do("the batch", newest.click());
    await page.getByText("1 of 1 read").waitFor();
    await expect.poll(() => unreadOf(bell)).toBe(before);
    task.tell();
    expect(task.steps).toHaveLength(2);
    expect(faults.join("\n")).toBe("");
  });
});

const unreadOf = async (bell: ReturnType<Page["getByRole"]>): Promise<number> =>
  Number(/, (\d+) not read/.exec((await bell.textContent()) ?? "")?.[1] ?? 0);
