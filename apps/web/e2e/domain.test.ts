import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import {
  createBatch,
  describeInBrowser,
  findJobs,
  path,
  product,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

const MOVED = "old-brand-cafe.example";
const PARKED = "main-street-hardware.example";
const SCRIPTED = "peak-climbing-app.example";
const CLOSED = "private-members-club.example";
const ACCENTED = "xn--caf-sole-d1a.example";
const DENTIST = "harborview-dental.example";

describeInBrowser("what a domain's page says", () => {
  const browser = useBrowser();
  let batchId: string;
  let open: (domain: string, options?: { width: number }) => Promise<Page>;

  beforeAll(async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    const domains = [ACCENTED, MOVED, PARKED, SCRIPTED, CLOSED, DENTIST, product.sites.vanished];
    batchId = await createBatch(context, { domains, maxPages: 3 });
    await waitForBatch(context, batchId);
    const jobs = await findJobs(context, batchId);
    open = async (domain, { width } = { width: 1280 }) => {
      const { page } = await browser.open({
        as: userWith("owner"),
        viewport: { width, height: 900 },
      });
      const domainId = jobs.find((job) => job.domain === domain)?.domainId;
      await page.goto(path(`/domains/${domainId}`));
      return page;
    };
  });

  it("of a site that was never read is why, and its jobs, and no fact", async () => {
    for (const [domain, reason] of [
      [product.sites.vanished, "The domain name does not exist."],
      [CLOSED, "Skipped: robots.txt does not allow it."],
    ] as const) {
      const page = await open(domain);
      await page.getByText("Never read", { exact: true }).waitFor();
      const words = await page.getByRole("main").innerText();
      expect(words).toContain(reason);
      expect(words).toContain("Last tried");
      for (const claim of ["Scanned", "This site gives no title", "No e-mail", "not seen", "–"])
        expect(words).not.toContain(claim);
      expect(await page.getByRole("table", { name: "Recent jobs" }).count()).toBe(1);
    }
  });

  it("of a site that is not what it seems begins with a note, as its row does", async () => {
    const notes = {
      [MOVED]: /redirects to \S+\.example; only the page it lands on was read/,
      [PARKED]: /parked, for sale, suspended/,
      [SCRIPTED]: /drawn by script/,
    };
    for (const [domain, note] of Object.entries(notes)) {
      const page = await open(domain);
      await page.getByRole("list", { name: "Notes on the scan" }).getByText(note).waitFor();
      await page.goto(path(`/batches/${batchId}`));
      const row = page.getByRole("table", { name: "Results" }).getByRole("row", { name: domain });
      await row.getByText(note).waitFor();
    }
    const healthy = await open(DENTIST);
    expect(await healthy.getByRole("list", { name: "Notes on the scan" }).count()).toBe(0);
  });

  it("holds both analytics ids, a phone number to call and addresses to write to", async () => {
    const page = await open(DENTIST);
    const phone = page.getByRole("link", { name: "+1 207 775 4120" }).first();
    expect(await phone.getAttribute("href")).toBe("tel:+12077754120");
    const mail = page.getByRole("link", { name: `frontdesk@${DENTIST}` }).first();
    expect(await mail.getAttribute("href")).toBe(`mailto:frontdesk@${DENTIST}`);
    await page.getByText("Site and server").click();
    const server = page.getByRole("group").filter({ hasText: "Site and server" });
    await server.getByText("G-8D4TQ1Z7WL").waitFor();
    await server.getByText("GTM-K7Q2XN9").waitFor();
  });

  it("shows the best e-mail address whole on the first screen of a phone", async () => {
    const page = await open(DENTIST, { width: 360 });
    const mail = page.getByRole("link", { name: `frontdesk@${DENTIST}` }).first();
    const hidden = await mail.evaluate((link) => link.scrollWidth - link.clientWidth);
    expect(hidden).toBeLessThanOrEqual(0);
    const box = await mail.boundingBox();
    expect((box?.x ?? 360) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
    expect((box?.y ?? 900) + (box?.height ?? 0)).toBeLessThanOrEqual(640);
  });

  it("keeps what the team notes and chooses, and leaves a choice to the rule again", async () => {
    const page = await open(DENTIST);
    await page.getByLabel("Label").fill("Called twice");
    await page.getByRole("button", { name: "Save the notes" }).click();
    await page.getByRole("button", { name: "Save the notes" }).waitFor({ state: "detached" });
    await page.getByLabel("Contacted").check();
    const other = page.getByRole("button", { name: /^Use this.*@/ }).first();
    const chosen = (await other.textContent())?.replace("Use this: ", "") ?? "";
    await other.click();
    await page.getByText("Chosen by hand.").waitFor();
    await page.reload();
    expect(await page.getByLabel("Label").inputValue()).toBe("Called twice");
    expect(await page.getByLabel("Contacted").isChecked()).toBe(true);
    await page.getByRole("link", { name: chosen }).first().waitFor();
    await page.getByRole("button", { name: "Leave it to the rule" }).click();
    await page.getByText("Chosen by hand.").waitFor({ state: "detached" });
  });

  it("is in the tab's title and the batch's name in the site's own script", async () => {
    const page = await open(ACCENTED);
    expect(await page.title()).toBe("café-sole.example · ScraperSky");
    const heading = page.getByRole("heading", { level: 1 });
    expect(await heading.locator(`[data-hint="${ACCENTED}"]`).count()).toBe(1);
    await page
      .getByRole("link", { name: /^café-sole\.example \(opens/ })
      .first()
      .waitFor();
    await page.goto(path(`/batches/${batchId}`));
    expect(await page.title()).toBe("café-sole.example + 6 more · ScraperSky");
    await page.goto(path("/batches"));
    const row = page.locator(`[data-row][href$="${batchId}"]`);
    expect(await row.textContent()).toBe("café-sole.example + 6 more");
  });

  it("and what does not exist has a title that says so", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    const missing = "00000000-0000-4000-8000-000000000000";
    for (const address of [
      "/nowhere",
      "/t/no-such-tenant",
      path("/nowhere"),
      path(`/jobs/${missing}`),
      path(`/domains/${missing}`),
      path(`/batches/${missing}`),
    ]) {
      await page.goto(address);
      await expect.poll(() => page.title(), { message: address }).toBe("Not found · ScraperSky");
    }
  });
});
