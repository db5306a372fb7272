import { FEATURES } from "@scrapersky/api/contract";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { ADMIN_PLACES } from "../src/admin/admin-places.ts";
import { weighPages } from "./page-weight.ts";
import { close, open, OPENED, OPENINGS } from "./openings.ts";
import {
  cancelBatch,
  createBatch,
  createLongBatch,
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

const WIDTHS = [1920, 1440, 768, 320];
/** What is seen in between is seen at one of them. */
const ENDS = [1920, 320];

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
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** What axe finds on the page as it is, or in a part of it, one line a fault. */
const faultsOf = async (page: Page, rules: Rules = {}, within?: string): Promise<string[]> => {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const asked = { ...rules, within };
  return await page.evaluate(async ({ only, within: part }) => {
    // Half-way through an animation every contrast is too low.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    const { violations } = await window.axe.run(part ?? document, {
      resultTypes: ["violations"],
      ...(only && { runOnly: { type: "rule", values: [...only] } }),
    });
    return violations.map(
      ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`,
    );
  }, asked);
};

describeInBrowser("every page, in both themes, at four widths", () => {
  const browser = useBrowser();
  const SITE = product.sites.working.at(-1) ?? "";
  let addresses: Record<string, string>;
  let links: Record<string, string>;

  beforeAll(async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const batchId = await createBatch(context, {
      domains: [SITE, ...product.sites.working.slice(0, 2), product.sites.vanished, "not a domain"],
      maxPages: 3,
      label: "Accessibility",
    });
    await waitForBatch(context, batchId);
    const jobs = await findJobs(context, batchId);
    const complete = jobs.find(
      ({ domainId, status }) => status === "complete" && domainId !== null,
    );
    const failed = jobs.find(({ status }) => status === "failed");
    const narrowed = (name: string): string =>
      path(`${FEATURES.find((each) => each.name === name)!.urlPath}?q=${SITE}`);
    addresses = {
      overview: path(),
      ...Object.fromEntries(FEATURES.map(({ name, urlPath }) => [name, path(urlPath)])),
      // Fifty rows are no other than a few, and cost ten times as much to look at.
      ...Object.fromEntries(["Leads", "Contacts", "Jobs"].map((name) => [name, narrowed(name)])),
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

  /** What is wrong with pages and with the weight of their script, one line a fault. */
  const lookAt = async (page: Page, pages: Record<string, string>): Promise<string[]> => {
    const found: string[] = [];
    const weight = weighPages(page);
    for (const [name, address] of Object.entries(pages)) {
      if (name === "sign-in") await page.context().clearCookies();
      weight.begin();
      const answer = await page.goto(address);
      if (name === "new batch") {
        await page
          .getByLabel("Domains", { exact: true })
          .fill("acme.com\nhttps://www.harbor-dental.com/x\nacme.com\nno domain");
        await page.getByRole("button", { name: /^Fixed/ }).click();
        await page.getByText("Not a web site").waitFor();
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const drawn = await page.evaluate(() => document.documentElement.scrollWidth);
        if (drawn > width) found.push(`${name}, ${width} px: ${drawn} px wide`);
        if (!ENDS.includes(width)) continue;
        for (const [colorScheme, rules] of THEMES) {
          await page.emulateMedia({ colorScheme });
          const faults = await faultsOf(page, rules);
          found.push(...faults.map((fault) => `${name}, ${width} px, ${colorScheme}: ${fault}`));
        }
      }
      // None of a page that is there already: only what stands behind its # is another.
      if (answer !== null) found.push(...(await weight.judge(name, answer)));
    }
    return found;
  };

  it("has no fault, no sideways scroll and no more script than it may have", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    expect(await lookAt(page, { ...addresses, "sign-in": "/sign-in", ...links })).toEqual([]);
  }, 900_000);

  it("has none where it is the platform's", async () => {
    const { page } = await browser.open({ as: userWith("admin") });
    const pages = Object.fromEntries(ADMIN_PLACES.map(({ label, href }) => [label, href]));
    expect(await lookAt(page, pages)).toEqual([]);
  });

  it("has the rows of a list in its first answer", async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const html = await (await context.request.get(path("/profiles"))).text();
    expect(html).toContain(userWith("viewer").email);
  });

  it("has no fault in what opens, nor leaves that the narrowest window", async () => {
    const { page, context } = await browser.open({
      as: userWith("owner"),
      viewport: { width: 320, height: 740 },
    });
    const running = await createLongBatch(context);
    const over: Record<string, string> = {
      ...addresses,
      "running batch": path(`/batches/${running}`),
    };
    const found: string[] = [];
    const look = async (what: string, within: string): Promise<void> => {
      for (const [theme, rules] of THEMES) {
        await page.evaluate((name) => (document.documentElement.dataset["theme"] = name), theme);
        const faults = await faultsOf(page, rules, within);
        found.push(...faults.map((fault) => `${what}, ${theme}: ${fault}`));
      }
    };
    for (const [name, openings] of Object.entries(OPENINGS)) {
      await page.goto(over[name]!);
      for (const presses of openings) {
        const what = `${name}: ${presses.join(", ")}`;
        await open(page, presses);
        await look(what, OPENED);
        const opened = page.locator(OPENED).filter({ visible: true }).last();
        const { x, width } = (await opened.boundingBox())!;
        if (x < 0 || x + width > 320) found.push(`${what}: from ${x} to ${x + width} of 320 px`);
        await close(page);
      }
    }
    await cancelBatch(context, running);
    // What there is beside a wide list only.
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(over["Leads"]!);
    await open(page, ["Columns"]);
    await look("Columns", OPENED);
    await close(page);
    await page.locator("[data-row]").first().click();
    await page
      .getByRole("complementary", { name: "One of leads" })
      .getByRole("heading")
      .first()
      .waitFor();
    await look("peek", "aside[aria-label='One of leads']");
    expect(found).toEqual([]);
  });
});
