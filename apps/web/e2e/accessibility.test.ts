import { FEATURES } from "@scrapersky/api/contract";
import axe from "axe-core";
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

/** What axe finds on the page as it is, one line a fault. */
const faultsOf = async (page: Page, rules: Rules = {}): Promise<string[]> => {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return await page.evaluate(async ({ only, but }) => {
    // Half-way through an animation every contrast is too low.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    const { violations } = await window.axe.run(document, {
      resultTypes: ["violations"],
      ...(only && { runOnly: { type: "rule", values: [...only] } }),
      ...(but && { rules: Object.fromEntries(but.map((rule) => [rule, { enabled: false }])) }),
    });
    return violations.map(
      ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`,
    );
  }, rules);
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
      reference: path("/reference"),
      "reference of a noun": path("/reference/rest/batches"),
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

  it("has no fault with the palette, a menu or the drawer open", async () => {
    const { page } = await browser.open({
      as: userWith("owner"),
      viewport: { width: 360, height: 740 },
    });
    await page.goto(path());
    const openers = [
      ["Open navigation", "dialog"],
      ["Go to…", "dialog"],
      ["Account of", "menu"],
    ] as const;
    for (const [name, role] of openers) {
      await page.getByRole("button", { name }).click();
      await page.getByRole(role).first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.keyboard.press("Escape");
    }
  });
});
