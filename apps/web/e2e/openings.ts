// What opens over pages, and what is pressed one after another until it is there.
import type { Page } from "playwright-core";

/** A key, or the beginning of a button's name. */
type Press = { key: string } | { name: string };
const press = (name: string): Press => ({ name });

/** By the page that it opens over: pages share what lists and the frame have, which is asked of one. */
export const OPENINGS: Record<string, Press[][]> = {
  // It ends by itself.
  "running batch": [[press("Cancel batch…")]],
  overview: [[press("Notifications")], [press("Account of")], [press("Go to…")], [{ key: "?" }]],
  Leads: [
    [press("Filter")],
    [press("Filter"), press("Technology")],
    [press("Views")],
    [press("Columns")],
    [press("Export")],
    [press("What can be done with the row")],
    [press("What can be done with the row"), press("Scan again…")],
    [press("What can be done with the row"), press("Label…")],
    [press("What can be done with the row"), press("Suppress…")],
  ],
  batch: [
    [press("Export")],
    [press("More for this batch")],
    [press("More for this batch"), press("Rename…")],
    [press("More for this batch"), press("Run failed again…")],
    [press("More for this batch"), press("Delete…")],
  ],
  "batch, reasons": [[press("More for: ")]],
  Schedules: [[press("New schedule")]],
  schedule: [[press("Edit…")], [press("Delete…")]],
  Audit: [[press("Filter")]],
  Profiles: [[press("Invite")]],
  Keys: [[press("New key")], [press("Rotate…")], [press("Revoke…")]],
};

/** What is open, the last that was. */
export const OPENED = "dialog[open], [role=menu], [role=dialog]";

export const wordsOf = (presses: Press[]): string =>
  presses.map((each) => ("key" in each ? each.key : each.name)).join(", ");

export async function open(page: Page, presses: Press[]): Promise<void> {
  for (const each of presses) {
    if ("key" in each) {
      await page.keyboard.press(each.key);
      continue;
    }
    const { name } = each;
    const button = page.getByRole("button", { name });
    const entry = page.getByRole("menuitem", { name });
    await button.or(entry).filter({ visible: true }).first().click();
  }
  await page.locator(OPENED).filter({ visible: true }).last().waitFor();
}

export async function close(page: Page): Promise<void> {
  const opened = page.locator(OPENED).filter({ visible: true });
  for (let left = await opened.count(); left > 0; left = await opened.count()) {
    await page.keyboard.press("Escape");
    await opened.nth(left - 1).waitFor({ state: "hidden" });
  }
}
