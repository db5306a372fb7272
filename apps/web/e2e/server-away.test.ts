import { scriptsOf } from "@scrapersky/testing/browser";
import { expect, it } from "vitest";
import { createBatch, describeInBrowser, path, product, useBrowser, userWith } from "./product.ts";

describeInBrowser("when the server goes away", () => {
  const browser = useBrowser();

  it("keeps what is on the page, says how it stands, and comes back by itself", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/profiles"));
    const row = page.getByText(userWith("viewer").email);
    await row.waitFor();

    await context.setOffline(true);
    await page.getByText("You are offline.").waitFor();
    expect(await row.isVisible()).toBe(true);
    await context.setOffline(false);
    await page.getByText("You are offline.").waitFor({ state: "detached" });

    await page.goto(path("/jobs"));
    await page.route("**/api/trpc/**", (route) =>
      route.fulfill({
        status: 503,
        json: { error: true, message: "The API cannot be reached right now.", status_code: 503 },
      }),
    );
    await page.getByRole("alert").getByText("The server cannot be reached").waitFor();
    await page.getByText("Reconnecting").waitFor();
    await page.unroute("**/api/trpc/**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("The server cannot be reached").waitFor({ state: "detached" });
  });

  it("gives up answers that never come, says so, and keeps what it shows", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    // What is given up after a quarter of a minute is given up in a fifth of that, so that a test needs not wait for it twice.
    await page.addInitScript(() => {
      const timeout = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (ms) => timeout(ms / 5);
    });
    // Taken, and never answered.
    await page.route("**/api/trpc/*overview.**", () => undefined);
    await page.goto(path());
    await page.getByText("The server does not answer").first().waitFor();
    expect(await page.getByText("Sites read", { exact: true }).isVisible()).toBe(true);
    await page.unroute("**/api/trpc/*overview.**");
    await expect.poll(() => page.getByText("The server does not answer").count()).toBe(0);
  });

  it("lives without the script that asks the server, and fetches it when it can", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const first = scriptsOf(await (await context.request.get(path("/jobs"))).text());
    await page.route("**/_next/static/**/*.js", (route) =>
      first.has(new URL(route.request().url()).pathname) ? route.continue() : route.abort(),
    );
    await page.goto(path("/jobs"), { waitUntil: "load" });
    await page.getByRole("alert").getByText("The server cannot be reached").waitFor();
    expect(await page.getByRole("heading", { name: "Jobs" }).isVisible()).toBe(true);
    await page.unroute("**/_next/static/**/*.js");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("The server cannot be reached").waitFor({ state: "detached" });
  });

  it("says that a page is of an older version once the server has its scripts no more", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const first = scriptsOf(await (await context.request.get(path("/jobs"))).text());
    await page.route("**/_next/static/**/*.js", (route) =>
      first.has(new URL(route.request().url()).pathname)
        ? route.continue()
        : route.fulfill({ status: 404 }),
    );
    await page.goto(path("/jobs"), { waitUntil: "load" });
    await page.getByRole("status").getByText("A newer version is there.").waitFor();
    await page.unroute("**/_next/static/**/*.js");
    await page.getByRole("button", { name: "Reload the page" }).click();
    await page.getByText("A newer version is there.").waitFor({ state: "detached" });
    await expect.poll(() => page.getByRole("button", { name: "Columns" }).isVisible()).toBe(true);
  });

  it("asks again and again for a batch whose stream of news does not open", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await page.route("**/batches.onProgress**", (route) => route.abort());
    const batchId = await createBatch(context, {
      domains: product.sites.working.slice(0, 3),
      maxPages: 1,
    });
    await page.goto(path(`/batches/${batchId}`));
    await page.getByText("The batch has ended: complete.").waitFor({ state: "attached" });
    expect(await page.getByRole("progressbar").first().getAttribute("aria-valuenow")).toBe("100");
  });
});
