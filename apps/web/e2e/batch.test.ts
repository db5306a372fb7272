import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import {
  cancelBatch,
  createLongBatch,
  describeInBrowser,
  path,
  product,
  useBrowser,
  userWith,
} from "./product.ts";

/** What the menu of the call of a page or a list puts on the clipboard. */
const copied = async (page: Page, of: "page" | "list", entry: string): Promise<string> => {
  const read = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await page.getByRole("button", { name: `Copy the call of this ${of}` }).click();
  await page.getByRole("menuitem", { name: entry }).click();
  await expect.poll(read).not.toBe("");
  return await read();
};

/** Asks what a line for a shell asks, with a key in the place of its variable. */
const run = (curl: string, key: string): Promise<Response> => {
  const [, address = ""] = /^curl "([^"]+)"/.exec(curl) ?? [];
  const headers = Array.from(
    curl.matchAll(/-H "([^:]+): ([^"]+)"/g),
    ([, name = "", text = ""]) => [name, text.replace("$SCRAPERSKY_KEY", key)],
  );
  return fetch(address, { headers: Object.fromEntries(headers) as Record<string, string> });
};

describeInBrowser("a batch from the paste to the domain", () => {
  const browser = useBrowser();

  it("shows what will run, moves while it runs, and leads to jobs and domains", async () => {
    // On a first visit the server draws times in UTC, whatever the browser's zone is.
    const { page, faults } = await browser.open({
      as: userWith("owner"),
      timezoneId: "Asia/Tokyo",
    });
    const working = product.sites.working.slice(0, 6);
    const { release } = product.sites;
    const held = product.sites.held.slice(0, 3);
    const [first = ""] = working;
    await page.goto(path());
    await page.getByRole("link", { name: "New batch" }).first().click();
    await page
      .getByLabel("Domains", { exact: true })
      .fill(
        [
          ...working,
          `https://www.${first}/about`,
          product.sites.vanished,
          "no domain here",
          ...held,
        ].join("\n"),
      );
    await page.getByLabel("Label").fill("Browser test");
    await page.getByLabel("Pages a domain").fill("2");
    // One more than are held: another test may be at a site of these, which then waits for its turn.
    await page.getByLabel("Domains at once").fill("4");
    await page.getByText("Doubles").waitFor();
    await page.getByText("Not a web site").waitFor();
    // A refused line that is sent would be a job of the batch that has failed.
    await page.getByRole("button", { name: /^Drop line/ }).click();
    await page.getByText("Not a web site").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Create batch of 10 domains" }).click();
    await page.waitForURL(/\/batches\/[0-9a-f-]{36}$/);
    await page.getByRole("heading", { name: "Browser test" }).waitFor();
    await page.getByRole("banner").getByText("Live", { exact: true }).waitFor();

    const bar = page.getByRole("progressbar").first();
    const share = () => bar.getAttribute("aria-valuenow");
    // Nothing moves but by a site that is let go: all others are done.
    await expect.poll(share).toBe("70");
    for (const [at, name] of held.entries()) {
      await fetch(`${release}${name}`);
      await expect.poll(share).toBe(String(80 + at * 10));
    }

    await page.getByText("9 of 10 read").waitFor();
    await page.getByRole("link", { name: /^Reasons/ }).click();
    await page.getByRole("button", { name: "More for: The domain name does not exist." }).click();
    await page.getByRole("menuitem", { name: "Show these" }).click();
    const rows = page.getByRole("table", { name: "Visits" }).locator("[data-row]");
    await expect.poll(() => rows.allTextContents()).toEqual([product.sites.vanished]);
    await page.getByRole("button", { name: "Remove the filter by reason" }).click();
    await page.getByRole("button", { name: /^Failed/, pressed: true }).click();

    await page.getByRole("table", { name: "Visits" }).getByRole("link", { name: first }).click();
    await page.getByRole("link", { name: "Open the job" }).click();
    await page.getByRole("heading", { name: first }).waitFor();
    await page.getByText("Attempt 1").waitFor();
    await page.getByRole("heading", { name: "What was found" }).waitFor();

    await page.getByRole("link", { name: "Open the business" }).click();
    await page.getByRole("table", { name: "Pages" }).waitFor();
    await page
      .getByRole("link", { name: new RegExp(`^${first}`) })
      .first()
      .waitFor();
    expect(faults.join("\n")).toBe("");
  });

  it("stops when it is cancelled, after asking", async () => {
    const { page, context } = await browser.open({ as: userWith("operator") });
    const batchId = await createLongBatch(context);
    await page.goto(path(`/batches/${batchId}`));
    await page.getByRole("button", { name: "Cancel batch…" }).click();
    await page.getByRole("button", { name: "Keep it running" }).click();
    await page.getByRole("button", { name: "Cancel batch…" }).click();
    await page.getByRole("button", { name: /^Cancel \d+ domains?$/ }).click();
    await page.getByText(/^Cancelled after/).waitFor();
    expect(await page.getByRole("button", { name: "Cancel batch…" }).count()).toBe(0);
  });

  it("gives its call to a program, and that of a list with its filters", async () => {
    const owner = userWith("owner");
    const { page, context, faults } = await browser.open({ as: owner });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const batchId = await createLongBatch(context, 1);
    await cancelBatch(context, batchId);
    await page.goto(path(`/batches/${batchId}`));
    const one = await run(await copied(page, "page", "Copy as curl"), owner.apiKey);
    expect(await one.json()).toMatchObject({ batch_id: batchId, status: "cancelled" });
    expect(await copied(page, "page", "Copy as TypeScript")).toContain(
      `batches.byId.query({ batchId: "${batchId}" })`,
    );

    await page.goto(path("/batches?status=cancelled,failed"));
    const answer = await run(await copied(page, "list", "Copy as curl"), owner.apiKey);
    const { data } = (await answer.json()) as { data: { batch_id: string; status: string }[] };
    expect(data[0]?.batch_id).toBe(batchId);
    expect(data.filter(({ status }) => !/^(failed|cancelled)$/.test(status))).toEqual([]);
    expect(await copied(page, "list", "Copy as TypeScript")).toContain(
      'batches.list.query({ status: ["failed", "cancelled"] })',
    );
    expect(faults.join("\n")).toBe("");
  });

  it("hides from a viewer what the server would refuse", async () => {
    const { page, context } = await browser.open({ as: userWith("viewer") });
    await page.goto(path("/batches"));
    await page.getByRole("heading", { name: "Batches" }).waitFor();
    expect(await page.getByRole("link", { name: "New batch" }).count()).toBe(0);
    await page.goto(path("/batches/new"));
    await page.getByText("Your role does not let you create batches").waitFor();
    const refused = await context.request.post("/api/trpc/batches.create", {
      data: { domains: product.sites.working.slice(0, 1) },
      headers: { "x-tenant": product.tenant, origin: product.web },
    });
    expect(refused.status()).toBe(403);
  });
});
