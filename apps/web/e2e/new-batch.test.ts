import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { describeInBrowser, path, useBrowser, userWith } from "./product.ts";

const listOf = (count: number, hostOf: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => hostOf(at)).join("\n");

const field = (page: Page) => page.getByLabel("Domains", { exact: true });

/** From a file on disk: megabytes sent through the browser's debugger take it seconds. */
const addFile = async (page: Page, text: string): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-list-"));
  const file = join(folder, "list.txt");
  await writeFile(file, text);
  await page.getByLabel("List files").setInputFiles(file);
  onTestFinished(() => rm(folder, { recursive: true }));
};

const draftsKept = (page: Page): Promise<number> =>
  page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("draft:")).length);

/** What tRPC's batch link reads as a refusal. */
const refusal = (httpStatus: number, message: string) => ({
  status: httpStatus,
  json: [{ error: { message, code: -32_000, data: { httpStatus, requestId: "r-1" } } }],
});

describeInBrowser("the page of a new batch", () => {
  const browser = useBrowser();

  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 360, height: 740 },
  ]) {
    it(`ends with its content and shows why no batch was created where one looks, at ${viewport.width} px`, async () => {
      const { page } = await browser.open({ as: userWith("owner"), viewport });
      await page.goto(path("/batches/new"));
      await field(page).fill(
        listOf(100, (at) => (at % 3 === 0 ? `no name ${at}` : `WWW.acme-${at}.com`)),
      );
      await page.getByRole("button", { name: "Create batch of 66 domains" }).waitFor();
      const { drawn, needed } = await page.evaluate(() => ({
        drawn: document.documentElement.scrollHeight,
        needed: Math.max(
          innerHeight,
          scrollY + (document.querySelector("main")?.getBoundingClientRect().bottom ?? 0),
        ),
      }));
      expect(drawn).toBeLessThanOrEqual(Math.ceil(needed));

      await page.route("**/api/trpc/*batches.create**", (route) =>
        route.fulfill(refusal(500, "Internal server error")),
      );
      await field(page).fill("acme-bakery.com");
      await page.getByRole("button", { name: "Create batch of 1 domain" }).click();
      const alert = page.getByRole("alert").filter({ hasText: "Something went wrong" });
      await alert.waitFor();
      await expect
        .poll(() => alert.evaluate((card) => card.parentElement === document.activeElement))
        .toBe(true);
      const seen = await alert.evaluate((card) => {
        const { left, top, width, height, bottom } = card.getBoundingClientRect();
        const front = document.elementFromPoint(left + width / 2, top + height / 2);
        return top >= 0 && bottom <= innerHeight && card.contains(front);
      });
      expect(seen).toBe(true);
      // The next try takes the old answer away.
      await page.unroute("**/api/trpc/*batches.create**");
      await page.route("**/api/trpc/*batches.create**", () => undefined);
      await page.getByRole("button", { name: "Create batch of 1 domain" }).click();
      await alert.waitFor({ state: "detached" });
    });
  }

  it("calls a list too large when the server does, in whatever words", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    for (const answer of [
      { status: 413, json: { error: true, message: "Too large" } },
      refusal(413, "Too large"),
      { status: 413, contentType: "text/html", body: "<h1>413 Request Entity Too Large</h1>" },
    ]) {
      await page.route("**/api/trpc/*batches.create**", (route) => route.fulfill(answer), {
        times: 1,
      });
      await field(page).fill("acme-bakery.com");
      await page.getByRole("button", { name: "Create batch of 1 domain" }).click();
      const alert = page.getByRole("alert").filter({ hasText: "This is too large to send" });
      await alert.waitFor();
      expect(await alert.textContent()).toContain("more than the server takes");
      await field(page).fill("harbor-dental.com");
      await alert.waitFor({ state: "detached" });
    }
  });

  it("names the limit instead of what would run beyond it, and does not send that", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    const sent: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("batches.create")) sent.push(request.url());
    });
    const button = page.getByRole("button", { name: "Create batch", exact: true });
    await page.goto(path("/batches/new"));
    await addFile(
      page,
      listOf(100_001, (at) => `a${at}.com`),
    );
    await page.getByText("100,001 domains; a batch holds at most 100,000").waitFor();
    expect(await page.getByText(/will run/i).count()).toBe(0);
    expect(await button.getAttribute("aria-disabled")).toBe("true");

    await page.getByRole("button", { name: "Remove list.txt" }).click();
    const long = (at: number): string => `${`${"long-".repeat(11)}x.`.repeat(4)}${at}.com`;
    await addFile(page, listOf(80_000, long));
    await page.getByText("80,000 domains will run").waitFor();
    await addFile(
      page,
      listOf(8000, (at) => long(80_000 + at)),
    );
    await page.getByText("88,000 domains; a batch holds at most 20 MB of names").waitFor();
    expect(await button.getAttribute("aria-disabled")).toBe("true");
    await button.click({ force: true });
    await page.getByRole("button", { name: "Clear" }).click();
    await field(page).fill("acme-bakery.com");
    await page.getByRole("button", { name: "Create batch of 1 domain" }).waitFor();
    expect(sent).toEqual([]);
  });

  it("keeps one person's draft from the next, and leaves none behind after signing out", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    await field(page).fill("acme-bakery.com");
    await expect.poll(() => draftsKept(page)).toBe(1);

    // The session ends by itself: the draft waits for its person, not for the next one.
    await context.clearCookies();
    await page.goto("/sign-in");
    const next = userWith("operator");
    await page.getByLabel("E-mail").fill(next.email);
    await page.getByLabel("Password").fill(next.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(/\/t\//);
    await page.goto(path("/batches/new"));
    await page.getByText("Nothing pasted yet").waitFor();
    expect(await field(page).inputValue()).toBe("");

    await page.getByRole("button", { name: "Account of" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL(/\/sign-in/);
    expect(await draftsKept(page)).toBe(0);
  });
});
