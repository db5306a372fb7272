// `npm run screenshots`: pictures of every page in both themes, wide and narrow, to look at; and those of docs/tour.md.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { ADMIN_ADDRESSES, addressesOf, DOOR_ADDRESSES } from "./every-address.ts";
import {
  createBatch,
  describeInBrowser,
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

const DENTIST = "harborview-dental.example";

const fileName = (name: string): string => name.toLowerCase().replaceAll(/\W+/g, "-");

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
    const addresses = await addressesOf(context, batchId, DENTIST);
    scenes = {
      ...Object.fromEntries(
        Object.entries(addresses).map(([name, address]) => [fileName(name), { address }]),
      ),
      overview: { address: addresses["overview"]!, tour: true },
      "leads-peek": {
        address: path(`/leads?peek=${addresses["lead"]!.split("/").at(-1)}`),
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
      batch: { address: addresses["batch"]!, tour: true },
      "batch-running": { address: path(`/batches/${running}`) },
      "job-complete": { address: addresses["job, complete"]!, tour: true },
      lead: { address: addresses["lead"]!, tour: true },
      palette: { address: path("/batches"), act: openPalette, tour: true },
      ...Object.fromEntries(
        Object.entries(ADMIN_ADDRESSES).map(([name, address]) => [
          `platform-${fileName(name)}`,
          { address, as: "admin" },
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(DOOR_ADDRESSES).map(([name, address]) => [fileName(name), { address }]),
      ),
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
        await page.locator(".late").first().waitFor({ state: "detached" });
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
