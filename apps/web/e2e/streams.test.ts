import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import {
  cancelBatch,
  createLongBatch,
  describeInBrowser,
  path,
  setVisibility,
  useBrowser,
  userWith,
} from "./product.ts";

/** One more than a browser has connections to a host. */
const WINDOWS = 7;
/** As many as one browser may hold, see stream-place.ts. */
const STREAMS_MAX = 3;

const isStream = (address: string): boolean => address.includes("batches.onProgress");

/** How many event streams a page has open at the moment. */
const countStreams = (page: Page): (() => number) => {
  let open = 0;
  page.on("request", (request) => (open += isStream(request.url()) ? 1 : 0));
  const end = (request: { url: () => string }): void => {
    if (isStream(request.url())) open -= 1;
  };
  page.on("requestfinished", end);
  page.on("requestfailed", end);
  return () => open;
};

const freshness = (page: Page, word: "Live" | "Auto-refresh") =>
  page.getByRole("banner").getByText(word, { exact: true });

describeInBrowser("the streams of news", () => {
  const browser = useBrowser();

  it("leave connections to the pages, however many windows show a running batch", async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const batchId = await createLongBatch(context);
    const address = path(`/batches/${batchId}`);
    const windows: { page: Page; streams: () => number }[] = [];
    for (let opened = 0; opened < WINDOWS; opened += 1) {
      const page = await context.newPage();
      const streams = countStreams(page);
      await page.goto(address);
      windows.push({ page, streams });
    }
    const live = async () => {
      const seen = await Promise.all(windows.map(({ page }) => freshness(page, "Live").count()));
      return windows.filter((_, at) => seen[at] === 1);
    };
    await expect.poll(async () => (await live()).length).toBe(STREAMS_MAX);
    const sum = (): number => windows.reduce((total, { streams }) => total + streams(), 0);
    await expect.poll(sum).toBe(STREAMS_MAX);
    const [leaving] = await live();
    for (const { page } of windows.filter((other) => other !== leaving).slice(-2)) {
      await page.getByRole("link", { name: "Jobs", exact: true }).first().click();
      await page.getByRole("heading", { name: "Jobs", level: 1 }).waitFor();
      await page.goBack();
    }
    // The place of a window that closes goes to one that waits.
    const waiting = windows.length - STREAMS_MAX;
    await leaving?.page.close();
    windows.splice(windows.indexOf(leaving ?? windows[0]!), 1);
    await expect.poll(async () => (await live()).length).toBe(STREAMS_MAX);
    const polling = async () => {
      const seen = windows.map(({ page }) => freshness(page, "Auto-refresh").count());
      return (await Promise.all(seen)).filter((count) => count === 1).length;
    };
    await expect.poll(polling).toBe(waiting - 1);
    await cancelBatch(context, batchId);
    await context.close();
  });

  it("are closed out of sight, and open again with what happened meanwhile", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const streams = countStreams(page);
    const batchId = await createLongBatch(context);
    await page.goto(path(`/batches/${batchId}`));
    await freshness(page, "Live").waitFor();
    await setVisibility(page, "hidden");
    await expect.poll(streams).toBe(0);
    await cancelBatch(context, batchId);
    expect(await page.getByText(/^Cancelled after/).count()).toBe(0);
    await setVisibility(page, "visible");
    await page.getByText(/^Cancelled after/).waitFor();
  });

  it("open once their late script can be had, without a reload", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const batchId = await createLongBatch(context);
    const address = path(`/batches/${batchId}`);
    const html = await (await context.request.get(address)).text();
    await page.route("**/_next/static/**/*.js", (route) =>
      html.includes(new URL(route.request().url()).pathname) ? route.continue() : route.abort(),
    );
    await page.goto(address, { waitUntil: "load" });
    await page.getByRole("banner").getByText("Reconnecting").waitFor();
    expect(await freshness(page, "Live").count()).toBe(0);
    await page.unroute("**/_next/static/**/*.js");
    await freshness(page, "Live").waitFor();
    await cancelBatch(context, batchId);
  });
});
