import { FEATURES } from "@scrapersky/api/contract";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import {
  createBatch,
  createSchedule,
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
/** What opens over a page is as wide as its content: only the ends can be too narrow for it. */
const ENDS = [1440, 320];

const OPENED = "[role=menu]:visible, [role=dialog]:visible, dialog[open]";
/** Dialogs, and what is pressed one after another until they are there. */
const DIALOGS: [page: string, ...presses: (string | RegExp)[]][] = [
  ["batch", "More for this batch", "Rename…"],
  ["batch", "More for this batch", "Run failed again…"],
  ["batch", "More for this batch", "Delete…"],
  ["running batch", "Cancel…"],
  ["Schedules", "New schedule"],
  ["schedule", "Edit…"],
  ["schedule", "Delete…"],
];

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

/** What axe finds on the page as it is, or in what lies open over it, one line a fault. */
const faultsOf = async (page: Page, rules: Rules = {}, within?: string): Promise<string[]> => {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const asked = { ...rules, within };
  return await page.evaluate(async ({ only, but, within }) => {
    // Half-way through an animation every contrast is too low.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    const { violations } = await window.axe.run(within ?? document, {
      resultTypes: ["violations"],
      ...(only && { runOnly: { type: "rule", values: [...only] } }),
      ...(but && { rules: Object.fromEntries(but.map((rule) => [rule, { enabled: false }])) }),
    });
    return violations.map(
      ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`,
    );
  }, asked);
};

/** What axe finds in what lies open, in both themes, and whether it leaves the window. */
const faultsOfOpened = async (page: Page, what: string): Promise<string[]> => {
  const found: string[] = [];
  for (const width of ENDS) {
    await page.setViewportSize({ width, height: 900 });
    const opened = page.locator(OPENED).last();
    // Beside a wide list only: its button is gone here.
    if (!(await opened.isVisible())) continue;
    for (const [colorScheme, rules] of THEMES) {
      await page.emulateMedia({ colorScheme });
      const faults = await faultsOf(page, rules, "[role=menu], [role=dialog], dialog[open]");
      found.push(...faults.map((fault) => `${what}, ${width} px, ${colorScheme}: ${fault}`));
    }
    const box = await opened.boundingBox();
    if (box !== null && (box.x < 0 || box.x + box.width > width)) {
      found.push(`${what}, ${width} px: from ${box.x} to ${box.x + box.width} px`);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  return found;
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
      "batch, visits": path(`/batches/${batchId}?view=visits`),
      "batch, reasons": path(`/batches/${batchId}?view=reasons`),
      "running batch": path(
        `/batches/${await createBatch(context, { domains: product.sites.held.slice(0, 1) })}`,
      ),
      schedule: path(`/schedules/${await createSchedule(context, batchId)}`),
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

  it("has no fault and no sideways scroll", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    const found: string[] = [];
    for (const [name, address] of Object.entries({
      ...addresses,
      "sign-in": "/sign-in",
      ...links,
    })) {
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
    expect(found).toEqual([]);
  }, 120_000);

  it("has no fault in any menu, panel or dialog that opens", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    const found: string[] = [];
    const check = async (what: string): Promise<void> => {
      await page.locator(OPENED).last().waitFor();
      found.push(...(await faultsOfOpened(page, what)));
      await page.keyboard.press("Escape");
      await expect.poll(() => page.locator(OPENED).count()).toBe(0);
    };
    const { batch, schedule, "failed job": job, domain, ...lists } = addresses;
    for (const [name, address] of Object.entries({ ...lists, batch, schedule, job, domain })) {
      if (/no match|not found/.test(name)) continue;
      await page.goto(address!);
      // The frame is the same everywhere.
      const frame = name === "overview" ? "" : "main ";
      // One row stands for all.
      const openers = page
        .locator(`${frame}[aria-haspopup]:visible`)
        .and(page.locator(":not(tr:not(:first-child) *, li:not(:first-child) *)"));
      for (let at = 0; at < (await openers.count()); at++) {
        await openers.nth(at).click();
        await check(`${name}, ${(await openers.nth(at).textContent()) ?? ""}`);
      }
    }
    for (const [name, ...presses] of DIALOGS) {
      await page.goto(addresses[name]!);
      for (const press of presses) {
        const button = page.getByRole("button", { name: press, exact: true });
        await button
          .or(page.getByRole("menuitem", { name: press }))
          .first()
          .click();
      }
      await page.locator("dialog[open]").waitFor();
      await check(`${name}, ${presses.at(-1)}`);
    }
    await page.goto(path("/leads"));
    await page.getByText("Auto-refresh").waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Go to" }).fill("dental");
    await page.getByRole("group", { name: "Jobs" }).waitFor();
    await check("palette");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    await check("keys");
    await page.keyboard.press("j");
    await page
      .getByRole("complementary", { name: "One of leads" })
      .getByRole("heading")
      .first()
      .waitFor();
    for (const [colorScheme, rules] of THEMES) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await faultsOf(page, rules)).map((fault) => `peek, ${colorScheme}: ${fault}`));
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole("button", { name: "Open navigation" }).click();
    await page.getByRole("dialog", { name: "Navigation" }).waitFor();
    found.push(...(await faultsOf(page)).map((fault) => `drawer: ${fault}`));
    expect(found).toEqual([]);
  }, 300_000);
});
