// `npm run screenshots`: pictures of every page in both themes, wide and narrow, to look at; and those of docs/tour.md.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { FEATURES } from "@scrapersky/api/contract";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { ADMIN_PLACES } from "../src/admin/admin-places.ts";
import {
  createBatch,
  createSchedule,
  createWebhook,
  describeInBrowser,
  findJobs,
  path,
  product,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

const FOLDER = join(import.meta.dirname, "../test-results/screenshots");
const SIZES = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
];
const TOUR = { width: 1280, height: 800 };

interface Scene {
  address: string;
  /** The role of whoever looks; an owner unless it says so. */
  as?: string;
  /** What is done before the picture. */
  act?: (page: Page) => Promise<unknown>;
  /** Whether it is a picture of the tour. */
  tour?: true;
}

const LIST = "acme.com\nhttps://www.harbor-dental.com/about\nnorth-shore.de\nacme.com\nno domain\n";

const openPalette = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: /Go to/ }).click();
  await page.getByRole("combobox", { name: "Go to" }).fill("dental");
  await page.getByRole("group", { name: "Businesses" }).waitFor();
};

describeInBrowser("pictures", () => {
  const browser = useBrowser();
  let scenes: Record<string, Scene>;

  beforeAll(async () => {
    await mkdir(join(FOLDER, "tour"), { recursive: true });
    const { context } = await browser.open({ as: userWith("owner") });
    const { working, vanished, held } = product.sites;
    const domains = [...working, vanished, "mailto:somebody", ...working.slice(0, 2)];
    const batchId = await createBatch(context, {
      domains,
      maxPages: 5,
      label: "Shops of the coast",
    });
    await waitForBatch(context, batchId);
    const running = await createBatch(context, {
      domains: [...working.slice(0, 6), ...held.slice(0, 5), vanished],
      maxPages: 2,
      label: "Second visit, November",
    });
    const schedule = await createSchedule(context, batchId);
    const webhook = await createWebhook(context, working[0]!);
    const jobs = await findJobs(context, batchId);
    const failed = jobs.find(({ status }) => status === "failed");
    const dentist = jobs.find(({ domain }) => domain === "harborview-dental.example");
    scenes = {
      overview: { address: path(), tour: true },
      ...Object.fromEntries(
        FEATURES.map(({ name, urlPath }) => [name.toLowerCase(), { address: path(urlPath) }]),
      ),
      "leads-peek": {
        address: path(`/leads?peek=${dentist?.domainId}`),
        act: (page) =>
          page
            .getByRole("complementary", { name: "One of leads" })
            .getByRole("heading")
            .first()
            .waitFor(),
        tour: true,
      },
      "leads-none": { address: path("/leads?q=zzzz") },
      "new-batch": {
        address: path("/batches/new"),
        act: async (page) => {
          await page.getByLabel("Domains", { exact: true }).fill(LIST);
          await page.getByText("Not a web site").waitFor();
        },
        tour: true,
      },
      batch: { address: path(`/batches/${batchId}`), tour: true },
      "batch-visits": { address: path(`/batches/${batchId}?tab=visits`) },
      "batch-reasons": { address: path(`/batches/${batchId}?tab=reasons`) },
      "batch-running": { address: path(`/batches/${running}`) },
      "job-failed": { address: path(`/jobs/${failed?.jobId}`) },
      "job-complete": { address: path(`/jobs/${dentist?.jobId}`), tour: true },
      lead: { address: path(`/domains/${dentist?.domainId}`), tour: true },
      schedule: { address: path(`/schedules/${schedule}`) },
      webhook: { address: path(`/webhooks/${webhook}`) },
      palette: { address: path("/batches"), act: openPalette, tour: true },
      "not-found": { address: path("/nowhere") },
      ...Object.fromEntries(
        ADMIN_PLACES.map(({ label, href }) => [
          `platform-${label.toLowerCase()}`,
          { address: href, as: "admin" },
        ]),
      ),
      "sign-in": { address: "/sign-in" },
    };
  });

  it("are taken of every page", async () => {
    const owner = await browser.open({ as: userWith("owner") });
    const faults = [owner.faults];
    for (const [name, { address, as, act, tour }] of Object.entries(scenes)) {
      const opened = as === undefined ? owner : await browser.open({ as: userWith(as) });
      const { page } = opened;
      faults.push(opened.faults);
      if (name === "sign-in") await page.context().clearCookies();
      const takes = SIZES.flatMap((size) =>
        (["light", "dark"] as const).map((theme) => ({ size, theme })),
      );
      for (const { size, theme } of takes) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme: theme });
        await page.goto(address, { waitUntil: "load" });
        // Beside a list there is no room for it there.
        if (!(name === "leads-peek" && size.width < 900)) await act?.(page);
        await page.waitForTimeout(300);
        await page.screenshot({
          path: join(FOLDER, `${name}-${theme}-${size.width}.png`),
          fullPage: name !== "palette",
        });
      }
      if (tour !== true) continue;
      await page.setViewportSize(TOUR);
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(address, { waitUntil: "load" });
      await act?.(page);
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(FOLDER, "tour", `${name}.png`) });
    }
    expect(faults.flat()).toEqual([]);
  }, 1_200_000);
});
