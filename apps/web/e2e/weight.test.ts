import { FEATURES } from "@scrapersky/api/contract";
import type { Page, Request } from "playwright-core";
import { scriptsOf } from "@scrapersky/testing/browser";
import { beforeAll, expect, it } from "vitest";
import { ADMIN_PLACES } from "../src/admin/admin-places.ts";
import {
  createBatch,
  createSchedule,
  describeInBrowser,
  findJobs,
  path,
  product,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

/** Gzipped, as sent. Next and React without a line of ours are 134,700 of these. */
const FIRST_PAINT_BYTES_MAX = 182_000;
/** With what comes after the page into the places that are kept for it, and what is fetched so that it is at hand. */
const ALL_BYTES_MAX = 210_000;

/** Opens a page and weighs its script: what its HTML asks for, and all of it. */
const weigh = async (page: Page, address: string) => {
  const sizes: Promise<{ script: string; bytes: number }>[] = [];
  const take = (request: Request): void => {
    if (request.resourceType() !== "script") return;
    const script = new URL(request.url()).pathname;
    sizes.push(request.sizes().then(({ responseBodySize: bytes }) => ({ script, bytes })));
  };
  page.on("requestfinished", take);
  const answer = await page.goto(address, { waitUntil: "networkidle" });
  page.off("requestfinished", take);
  const first = scriptsOf((await answer?.text()) ?? "");
  const loaded = await Promise.all(sizes);
  const sum = (scripts: typeof loaded): number =>
    scripts.reduce((total, { bytes }) => total + bytes, 0);
  return { first: sum(loaded.filter(({ script }) => first.has(script))), all: sum(loaded) };
};

describeInBrowser("the weight of the pages", () => {
  const browser = useBrowser();
  let addresses: Record<string, string>;

  beforeAll(async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const batchId = await createBatch(context, {
      domains: [product.sites.working[0] ?? "", product.sites.vanished],
      maxPages: 1,
      label: "Weight",
    });
    await waitForBatch(context, batchId);
    const jobs = await findJobs(context, batchId);
    const scraped = jobs.find(({ domainId }) => domainId !== null);
    addresses = {
      overview: path(),
      ...Object.fromEntries(FEATURES.map(({ name, urlPath }) => [name, path(urlPath)])),
      "new batch": path("/batches/new"),
      batch: path(`/batches/${batchId}`),
      schedule: path(`/schedules/${await createSchedule(context, batchId)}`),
      job: path(`/jobs/${scraped?.jobId}`),
      domain: path(`/domains/${scraped?.domainId}`),
      "sign-in": "/sign-in",
      "sign-in link": "/sign-in/link",
    };
  });

  /** Pages with what they weigh, where that is none of what a page may. */
  const findHeavy = async (page: Page, pages: Record<string, string>) => {
    const heavy: { name: string; first: number; all: number }[] = [];
    // As on a first visit: what can be intercepted is never taken from the cache.
    await page.route("**/*.js", (route) => route.continue());
    for (const [name, address] of Object.entries(pages)) {
      if (name === "sign-in") await page.context().clearCookies();
      const { first, all } = await weigh(page, address);
      console.log(`${name}: ${first} bytes of script at first paint, ${all} in all.`);
      const isMeasured = first > 100_000;
      if (!isMeasured || first >= FIRST_PAINT_BYTES_MAX || all >= ALL_BYTES_MAX) {
        heavy.push({ name, first, all });
      }
    }
    return heavy;
  };

  it("stays within its budget of gzipped script, page by page", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    expect(await findHeavy(page, addresses)).toEqual([]);
  });

  it("stays within it where it is the platform's", async () => {
    const { page } = await browser.open({ as: userWith("admin") });
    const pages = Object.fromEntries(ADMIN_PLACES.map(({ label, href }) => [label, href]));
    expect(await findHeavy(page, pages)).toEqual([]);
  });

  it("is no excuse: the first answer of a list holds its rows", async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const html = await (await context.request.get(path("/profiles"))).text();
    expect(html).toContain(userWith("viewer").email);
  });
});
