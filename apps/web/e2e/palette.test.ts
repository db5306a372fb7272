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
import { counting } from "./steps.ts";

const DENTIST = "harborview-dental.example";
const LABEL = "Palette of dentists";

/** Opens the palette by its key, and gives its field. */
const openPalette = async (page: Page) => {
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Go to" });
  await field.waitFor();
  return field;
};

/** Has the clipboard hold a text and pastes it where the focus is. */
const paste = async (page: Page, text: string): Promise<void> => {
  await page.evaluate((given) => navigator.clipboard.writeText(given), text);
  await page.keyboard.press("Control+v");
};

const choice = (page: Page, group: string, name: string | RegExp) =>
  page.getByRole("group", { name: group }).getByRole("option", { name });

describeInBrowser("the search over everything", () => {
  const browser = useBrowser();
  let batchId: string;
  let domainId: string;
  let jobId: string;
  beforeAll(async () => {
    const { context } = await browser.open({ as: userWith("owner") });
    batchId = await createBatch(context, { domains: [DENTIST], maxPages: 3, label: LABEL });
    await waitForBatch(context, batchId);
    const [job] = await findJobs(context, batchId);
    jobId = job?.jobId ?? "";
    domainId = job?.domainId ?? "";
  });
  const openJobs = async (role = "owner") => {
    const { page, context, faults } = await browser.open({ as: userWith(role) });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(path("/jobs"));
    // Told by script only: before it no key does anything.
    await page.getByText("Auto-refresh").waitFor();
    return { page, faults };
  };

  it("finds a batch by its name and a business by any part, each in three steps (tasks c and k)", async () => {
    const { page, faults } = await openJobs();
    const k = counting("k, from anywhere");
    await k.do("⌘K", openPalette(page));
    await k.do("of denti", page.keyboard.insertText("of denti"));
    await choice(page, "Batches", LABEL).waitFor();
    await k.do("Enter", page.keyboard.press("Enter"));
    await page.waitForURL(`**/batches/${batchId}`);
    k.tell();

    const c = counting("c, from anywhere");
    await c.do("⌘K", openPalette(page));
    await c.do("orview-den", page.keyboard.insertText("orview-den"));
    await choice(page, "Businesses", /harborview/i)
      .first()
      .waitFor();
    await c.do("Enter", page.keyboard.press("Enter"));
    await page.waitForURL(`**/domains/${domainId}`);
    await page
      .getByText(/@harborview-dental\.example/)
      .first()
      .waitFor();
    c.tell();
    expect([k.steps.length, c.steps.length]).toEqual([3, 3]);

    // Where somebody was is offered before anything is typed.
    await openPalette(page);
    await choice(page, "Recent", LABEL).waitFor();
    await page.keyboard.press("Escape");
    expect(faults.join("\n")).toBe("");
  });

  it("finds addresses, numbers and people, by who may read them", async () => {
    const { page, faults } = await openJobs();
    const field = await openPalette(page);
    await field.fill(`frontdesk@${DENTIST}`.slice(0, 24));
    await choice(page, "E-mail addresses", /^frontdesk@/).waitFor();
    await field.fill(userWith("viewer").email);
    await choice(page, "People of this tenant", userWith("viewer").email).waitFor();
    await field.fill("no such thing anywhere");
    await page.getByText("Nothing here is called “no such thing anywhere”.").waitFor();

    const viewer = await openJobs("viewer");
    await (await openPalette(viewer.page)).fill("frontdesk@");
    await viewer.page.getByText("E-mails and numbers are searched for who may").waitFor();
    await viewer.page.getByRole("combobox", { name: "Go to" }).fill("new batch");
    await viewer.page.getByText("Nothing here is called “new batch”.").waitFor();
    expect([...faults, ...viewer.faults]).toEqual([]);
  });

  it("goes straight to a pasted id or address, also when it is pasted into no field", async () => {
    const { page, faults } = await openJobs();
    await openPalette(page);
    await paste(page, ` ${jobId} `);
    await page.waitForURL(`**/jobs/${jobId}`);
    await page.getByRole("heading", { name: DENTIST }).waitFor();
    await paste(page, `https://www.${DENTIST}/contact?from=mail`);
    await page.waitForURL(`**/domains/${domainId}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await paste(page, `${product.web}${path(`/batches/${batchId}`)}`);
    await page.waitForURL(`**/batches/${batchId}`);
    expect(faults.join("\n")).toBe("");
  });

  it("says when the search has no answer, and goes on with what it knows", async () => {
    const { page, faults } = await openJobs();
    const field = await openPalette(page);
    await page.route("**/api/trpc/*search.global**", (route) => route.abort());
    await field.fill("jo");
    await page.getByText("The search has no answer").waitFor();
    await choice(page, "Pages", "Jobs").waitFor();
    await page.unroute("**/api/trpc/*search.global**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("The search has no answer").waitFor({ state: "detached" });
    await field.fill("");
    await field.pressSequentially(DENTIST);
    await choice(page, "Named by it", "Open the business").waitFor();
    expect(faults.join("\n")).toBe("");
  });

  it("does what a key does, and shows every key under ?", async () => {
    const { page, faults } = await openJobs();
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await keys.getByText("Go to anything").waitFor();
    await keys.getByRole("heading", { name: "On other pages" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("e");
    await page.getByRole("dialog", { name: "Export" }).waitFor();
    await page.keyboard.press("Escape");
    await (await openPalette(page)).fill("export");
    await choice(page, "Actions", /^Export/).click();
    await page.getByRole("dialog", { name: "Export" }).waitFor();
    expect(faults.join("\n")).toBe("");
  });
});
