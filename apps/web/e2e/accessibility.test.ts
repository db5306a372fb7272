import { FEATURES } from "@scrapersky/api/contract";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { ADMIN_PLACES } from "../src/admin/admin-places.ts";
import { close, open, OPENED, OPENINGS, wordsOf } from "./openings.ts";
import {
  cancelBatch,
  createBatch,
  createSchedule,
  createWebhook,
  describeInBrowser,
  findJobs,
  path,
  product,
  typeStaff,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

const WIDTHS = [320, 768, 1440, 1920];
/** Between them nothing has another colour. */
const ENDS = [1440, 320];

/** Colours are those of the theme, whatever the width. */
const COLOURS = ["color-contrast", "link-in-text-block"];
/** The two themes are one document in other colours: only what judges colours is asked of the second. */
const THEMES = [
  ["light", {}],
  ["dark", { only: COLOURS }],
] as const;

/** Which rules are asked, where not all. */
interface Rules {
  only?: readonly string[];
  but?: readonly string[];
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** What axe finds on the page as it is, or within a part of it, one line a fault. */
const faultsOf = async (page: Page, rules: Rules = {}, within?: string): Promise<string[]> => {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const asked = { ...rules, within };
  return await page.evaluate(async ({ only, but, within: part }) => {
    // Half-way through an animation every contrast is too low.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    const { violations } = await window.axe.run(part ?? document, {
      resultTypes: ["violations"],
      ...(only && { runOnly: { type: "rule", values: [...only] } }),
      ...(but && { rules: Object.fromEntries(but.map((rule) => [rule, { enabled: false }])) }),
    });
    return violations.map(
      ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`,
    );
  }, asked);
};

describeInBrowser("every page, in both themes, at four widths", () => {
  const browser = useBrowser();
  let addresses: Record<string, string>;
  let links: Record<string, string>;

  beforeAll(async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const batchId = await createBatch(context, {
      domains: [...product.sites.working.slice(0, 3), product.sites.vanished, "not a domain"],
      maxPages: 3,
      label: "Accessibility",
    });
    await waitForBatch(context, batchId);
    const jobs = await findJobs(context, batchId);
    const complete = jobs.find(
      ({ domainId, status }) => status === "complete" && domainId !== null,
    );
    const failed = jobs.find(({ status }) => status === "failed");
    addresses = {
      overview: path(),
      ...Object.fromEntries(FEATURES.map(({ name, urlPath }) => [name, path(urlPath)])),
      "batches, no match": path("/batches?status=cancelled,pending"),
      "new batch": path("/batches/new"),
      batch: path(`/batches/${batchId}`),
      schedule: path(`/schedules/${await createSchedule(context, batchId)}`),
      webhook: path(`/webhooks/${await createWebhook(context, product.sites.working[0]!)}`),
      "jobs, no match": path("/jobs?q=zzzz"),
      "failed job": path(`/jobs/${failed?.jobId}`),
      "complete job": path(`/jobs/${complete?.jobId}`),
      domain: path(`/domains/${complete?.domainId}`),
      "not found": path("/nowhere"),
    };
    const add = ["add", "axe@skyline.example", "--tenant", product.tenant, "--role", "viewer"];
    const { link } = await typeStaff<{ link: string }>(...add);
    links = { "a link": link, "a link that is none": "/sign-in/link#none" };
  });

  /** What is wrong with pages, one line a fault. */
  const lookAt = async (page: Page, pages: Record<string, string>): Promise<string[]> => {
    const found: string[] = [];
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(address);
      if (name === "new batch") {
        await page
          .getByLabel("Domains", { exact: true })
          .fill("acme.com\nhttps://www.harbor-dental.com/x\nacme.com\nno domain");
        await page.getByRole("button", { name: /^Fixed/ }).click();
        await page.getByText("Not a web site").waitFor();
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        if (!ENDS.includes(width)) {
          const faults = await faultsOf(page, { but: COLOURS });
          found.push(...faults.map((fault) => `${name}, ${width} px: ${fault}`));
        } else {
          for (const [colorScheme, rules] of THEMES) {
            await page.emulateMedia({ colorScheme });
            const faults = await faultsOf(page, rules);
            found.push(...faults.map((fault) => `${name}, ${width} px, ${colorScheme}: ${fault}`));
          }
        }
        const drawn = await page.evaluate(() => document.documentElement.scrollWidth);
        if (drawn > width) found.push(`${name}, ${width} px: ${drawn} px wide`);
      }
    }
    return found;
  };

  it("has no fault and no sideways scroll", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    expect(await lookAt(page, { ...addresses, "sign-in": "/sign-in", ...links })).toEqual([]);
  }, 300_000);

  it("has none where it is the platform's", async () => {
    const { page } = await browser.open({ as: userWith("admin") });
    const pages = Object.fromEntries(ADMIN_PLACES.map(({ label, href }) => [label, href]));
    expect(await lookAt(page, pages)).toEqual([]);
  }, 120_000);

  it("has no fault in what opens, nor leaves that the window", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const running = await createBatch(context, { domains: product.sites.held.slice(0, 1) });
    const over: Record<string, string> = {
      ...addresses,
      "batch, reasons": `${addresses["batch"]}?tab=reasons`,
      "running batch": path(`/batches/${running}`),
    };
    const found: string[] = [];
    for (const [name, openings] of Object.entries(OPENINGS)) {
      await page.goto(over[name]!);
      for (const presses of openings) {
        const what = `${name}: ${wordsOf(presses)}`;
        await page.setViewportSize({ width: 1440, height: 900 });
        await open(page, presses);
        for (const [colorScheme, rules] of THEMES) {
          await page.emulateMedia({ colorScheme });
          const faults = await faultsOf(page, rules, OPENED);
          found.push(...faults.map((fault) => `${what}, ${colorScheme}: ${fault}`));
        }
        await close(page);
        await page.setViewportSize({ width: 320, height: 740 });
        // Beside a wide list only.
        if (wordsOf(presses) === "Columns") continue;
        await open(page, presses);
        const faults = await faultsOf(page, { but: COLOURS }, OPENED);
        found.push(...faults.map((fault) => `${what}, 320 px: ${fault}`));
        const opened = page.locator(OPENED).filter({ visible: true }).last();
        const { x, width } = (await opened.boundingBox())!;
        if (x < 0 || x + width > 320) found.push(`${what}: from ${x} to ${x + width} of 320 px`);
        await close(page);
      }
    }
    await cancelBatch(context, running);
    await page.getByRole("button", { name: "Open navigation" }).click();
    await page.getByRole("dialog", { name: "Navigation" }).waitFor();
    found.push(...(await faultsOf(page)).map((fault) => `drawer: ${fault}`));
    expect(found).toEqual([]);
  }, 300_000);
});
