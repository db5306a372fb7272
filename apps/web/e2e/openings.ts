// What opens over pages, and what is pressed one after another until it is there.
import type { Page } from "playwright-core";

/** The beginnings of names of buttons and entries; a key where it is one character. */
type Presses = string[];

const ROW = "What can be done with the row";

/** By the page that it opens over. What pages share is asked of one: lists, the frame, menus, what asks once more. */
export const OPENINGS: Record<string, Presses[]> = {
  // It ends by itself.
  "running batch": [["Cancel batch…"]],
  overview: [["Notifications"], ["Account of"], ["Go to…"], ["?"], ["Open navigation"]],
  Leads: [["Filter", "Technology"], ["Views"], ["Export"], [ROW], [ROW, "Label…"]],
  batch: [
    ["More for this batch", "Run failed again…"],
    ["More for this batch", "Delete…"],
  ],
  Schedules: [["New schedule"]],
  Keys: [["New key"]],
};

/** What is open, the last that was. */
export const OPENED = "dialog[open], [role=menu], [role=dialog]";

export const open = async (page: Page, presses: Presses): Promise<void> => {
  for (const name of presses) {
    if (name.length === 1) {
      await page.keyboard.press(name);
      continue;
    }
    const button = page.getByRole("button", { name });
    const entry = page.getByRole("menuitem", { name });
    await button.or(entry).filter({ visible: true }).first().click();
  }
  await page.locator(OPENED).filter({ visible: true }).last().waitFor();
};

export const close = async (page: Page): Promise<void> => {
  const opened = page.locator(OPENED).filter({ visible: true });
  for (let left = await opened.count(); left > 0; left = await opened.count()) {
    await page.keyboard.press("Escape");
    await opened.nth(left - 1).waitFor({ state: "hidden" });
  }
};
