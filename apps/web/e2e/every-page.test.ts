import { FEATURES } from "@scrapersky/api/contract";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { lookAtPage, lookAtPart } from "./axe.ts";
import { ADMIN_ADDRESSES, addressesOf, DOOR_ADDRESSES, pagesWithout } from "./every-address.ts";
import { close, open, OPENED, OPENINGS } from "./openings.ts";
import { weighPages } from "./page-weight.ts";
import {
  cancelBatch,
  createBatch,
  createLongBatch,
  describeInBrowser,
  path,
  product,
  typeStaff,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

describeInBrowser("every page, in both themes, from 320 to 1,920 px", () => {
  const browser = useBrowser();
  const SITE = product.sites.working.at(-1) ?? "";
  let addresses: Record<string, string>;
  let doors: Record<string, string>;

  beforeAll(async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const batchId = await createBatch(context, {
      domains: [SITE, ...product.sites.working.slice(0, 2), product.sites.vanished, "not a domain"],
      maxPages: 3,
      label: "Accessibility",
    });
    await waitForBatch(context, batchId);
    const narrowed = (name: string): string =>
      path(`${FEATURES.find((each) => each.name === name)!.urlPath}?q=${SITE}`);
    addresses = {
      ...(await addressesOf(context, batchId, SITE)),
      // Fifty rows are no other than a few, and cost ten times as much to look at.
      ...Object.fromEntries(["Leads", "Contacts", "Jobs"].map((name) => [name, narrowed(name)])),
    };
    const add = ["add", "axe@skyline.example", "--tenant", product.tenant, "--role", "viewer"];
    const { link } = await typeStaff<{ link: string }>(...add);
    doors = { ...DOOR_ADDRESSES, "a link": link };
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
      found.push(...(await lookAtPage(page, name)));
      // None of a page that is there already: only what stands behind its # is another.
      if (answer !== null) found.push(...(await weight.judge(name, answer)));
    }
    return found;
  };

  it("has no fault, no sideways scroll and no more script than it may have", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    expect(await lookAt(page, { ...addresses, ...doors })).toEqual([]);
  }, 900_000);

  it("has none where it is the platform's", async () => {
    const { page } = await browser.open({ as: userWith("admin") });
    expect(await lookAt(page, ADMIN_ADDRESSES)).toEqual([]);
  });

  it("is every page that there is", () => {
    expect(pagesWithout({ ...addresses, ...ADMIN_ADDRESSES, ...doors })).toEqual([]);
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
      found.push(...(await lookAtPart(page, what, within)));
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
