import type { Page } from "playwright-core";

/** Something that people do on a page, by name; it ends when what it asked for is there. */
export interface Act {
  name: string;
  run: (page: Page) => Promise<unknown>;
}

export interface PageVisit {
  name: string;
  /** Below the tenant's own address. */
  path: string;
  acts: Act[];
}

/** Things of the filled tenant that pages are about. */
export interface Named {
  batch: string;
  failedJob: string;
  completeJob: string;
  domain: string;
}

const PASTED_LINES = 5_000;

const press = (name: string, key: string): Act => ({
  name,
  run: (page) => page.keyboard.press(key),
});

const PALETTE: Act[] = [
  {
    name: "open the palette",
    run: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Go to" }).waitFor();
    },
  },
  {
    name: "search everything",
    run: async (page) => {
      await page.keyboard.type("dental");
      await page.getByRole("group", { name: "Businesses" }).waitFor();
    },
  },
  press("close it", "Escape"),
];

const open = (button: string): Act[] => [
  {
    name: `open ${button}`,
    run: async (page) => {
      await page.getByRole("button", { name: button, exact: true }).first().click();
      await page.getByRole("dialog", { name: button }).first().waitFor();
    },
  },
  press(`close ${button}`, "Escape"),
];

const LIST: Act[] = [
  press("next row", "j"),
  press("next row again", "j"),
  ...open("Columns"),
  ...open("Export"),
];

const SEARCHED: Act[] = [
  {
    name: "search the list",
    run: async (page) => {
      const answered = page.waitForResponse((answer) => answer.url().includes(".list"));
      await page.keyboard.press("/");
      await page.keyboard.type("hotel");
      await page.keyboard.press("Enter");
      await answered;
    },
  },
];

/** As it comes from a spreadsheet: every tenth line twice, every third with what has to be mended. */
const pastedLines = (): string =>
  Array.from({ length: PASTED_LINES }, (_, at) =>
    at % 10 === 9
      ? "shop-0.example"
      : at % 3 === 0
        ? `https://www.shop-${at}.example/about`
        : `shop-${at}.example`,
  ).join("\n");

const PASTE: Act[] = [
  {
    name: "paste 5,000 lines",
    run: async (page) => {
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(pastedLines())})`);
      await page.getByLabel("Domains", { exact: true }).focus();
      await page.keyboard.press("Control+v");
      await page.getByRole("button", { name: /^Create batch of \d/ }).waitFor();
    },
  },
  { name: "type behind them", run: (page) => page.keyboard.type("\nacme") },
  {
    name: "unfold what was fixed",
    run: async (page) => page.getByRole("button", { name: /^Fixed/ }).click(),
  },
];

/** Every page that people open, and what they do there. */
export const pageVisits = ({ batch, failedJob, completeJob, domain }: Named): PageVisit[] => [
  { name: "overview", path: "", acts: PALETTE },
  { name: "leads", path: "/leads", acts: [...LIST, ...SEARCHED] },
  {
    name: "leads, filtered",
    path: "/leads?technology=shopify&has=phone",
    acts: [press("next row", "j")],
  },
  { name: "contacts", path: "/contacts", acts: [...LIST, ...SEARCHED] },
  { name: "exports", path: "/exports", acts: [] },
  { name: "batches", path: "/batches", acts: LIST },
  { name: "new batch", path: "/batches/new", acts: PASTE },
  {
    name: "batch",
    path: `/batches/${batch}`,
    acts: [
      press("next row", "j"),
      { name: "visits", run: async (page) => page.getByRole("link", { name: /^Visits/ }).click() },
      {
        name: "reasons",
        run: async (page) => page.getByRole("link", { name: /^Reasons/ }).click(),
      },
    ],
  },
  { name: "jobs", path: "/jobs", acts: [...LIST, ...SEARCHED] },
  { name: "failed job", path: `/jobs/${failedJob}`, acts: PALETTE },
  { name: "complete job", path: `/jobs/${completeJob}`, acts: [] },
  { name: "lead", path: `/domains/${domain}`, acts: PALETTE },
  { name: "schedules", path: "/schedules", acts: [] },
  { name: "profiles", path: "/profiles", acts: [press("next row", "j")] },
];
