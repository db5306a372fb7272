import { FEATURES } from "@scrapersky/api/contract";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { lookAtOpened, lookAtPage } from "./axe.ts";
import { ADMIN_ADDRESSES, addressesOf, DOOR_ADDRESSES, pagesWithout } from "./every-address.ts";
import { close, open, OPENINGS } from "./openings.ts";
import { weighPages } from "./page-weight.ts";
import {
  cancelBatch,
  createBatch,
  createLongBatch,
  describeInBrowser,
  mutate,
  path,
  product,
  typeStaff,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

/** One that can be deleted: those that came with the program cannot. */
const ROLE = { name: "Axe", description: "", permissions: ["jobs:read"] };

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

  it("has no fault in what opens, nor leaves that the window", async () => {
    const owner = await browser.open({ as: userWith("owner") });
    const staff = await browser.open({ as: userWith("admin") });
    const viewer = userWith("viewer");
    await typeStaff("add", viewer.email, "--tenant", "harbor", "--role", "viewer");
    const running = await createLongBatch(owner.context);
    await mutate(staff.context, "rbac.createRole", ROLE);
    const lead = addresses["lead"]!.split("/").at(-1);
    const over: Record<string, string> = {
      ...addresses,
      ...ADMIN_ADDRESSES,
      "running batch": path(`/batches/${running}`),
      "a member of two": path(),
      "Leads, filtered": `${addresses["Leads"]}&has=phone`,
      "Leads, peeked": `${addresses["Leads"]}&peek=${lead}`,
    };
    const byPage = Map.groupBy(Object.values(OPENINGS).flat(), (opening) => opening.over);
    const found: string[] = [];
    for (const [name, openings] of byPage) {
      const { page } =
        name in ADMIN_ADDRESSES
          ? staff
          : name === "a member of two"
            ? await browser.open({ as: viewer })
            : owner;
      await page.goto(over[name]!);
      for (const opening of openings) {
        const what = `${name}: ${JSON.stringify(opening.steps)}`;
        await page.setViewportSize({ width: opening.wide === true ? 1024 : 320, height: 740 });
        await open(page, opening);
        found.push(...(await lookAtOpened(page, what, opening)));
        await close(page);
      }
    }
    await cancelBatch(owner.context, running);
    expect(found).toEqual([]);
  }, 900_000);
});
