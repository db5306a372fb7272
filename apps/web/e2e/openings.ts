// What opens over pages, and what is pressed one after another until it is there.
import type { Page } from "playwright-core";

/** The beginning of the name of a button, an entry or a box; a key where it is one character; or words for a field. */
type Step = string | { fill: string; with: string };

interface Opening {
  /** The page that it opens over, by its name in the test. */
  over: string;
  steps: Step[];
  /** What is waited for beside the window itself. */
  until?: string;
  /** It is there beside a wide page only. */
  wide?: true;
}

const ROW = "What can be done with the row";
const MORE = "More for this batch";

/** By the file below `src` that draws it. */
export const OPENINGS: Record<string, Opening[]> = {
  // It ends by itself.
  "batch/cancel-dialog.tsx": [{ over: "running batch", steps: ["Cancel batch…"] }],
  "notification/notification-bell.tsx": [{ over: "overview", steps: ["Notifications"] }],
  "shell/user-menu.tsx": [{ over: "overview", steps: ["Account of"] }],
  "shell/palette.tsx": [{ over: "overview", steps: ["Go to…"] }],
  "shell/palette-list.tsx": [
    {
      over: "overview",
      steps: ["Go to…", { fill: "Go to", with: "access" }],
      until: "Accessibility",
    },
  ],
  "shell/keys-dialog.tsx": [{ over: "overview", steps: ["?"] }],
  "shell/drawer.tsx": [{ over: "overview", steps: ["Open navigation"] }],
  "shell/tenant-menu.tsx": [
    {
      over: "a member of two",
      steps: ["Open navigation", ", switch tenant"],
      until: "Harbor",
    },
    { over: "a member of two", steps: [", switch tenant"], until: "Harbor", wide: true },
  ],
  "list/filter-button.tsx": [
    { over: "Leads", steps: ["Filter"] },
    { over: "Leads", steps: ["Filter", "Technology"] },
  ],
  "list/line-choices.tsx": [
    { over: "Leads", steps: [{ fill: "Name or domain", with: "technology:" }] },
  ],
  "list/list-tools.tsx": [
    { over: "Leads", steps: ["Views"] },
    { over: "Leads", steps: ["Export"] },
    { over: "Leads", steps: ["Columns"], wide: true },
  ],
  "call/call-menu.tsx": [{ over: "Leads", steps: ["Copy the call of this list"], wide: true }],
  "list/row-menu.tsx": [
    { over: "Leads", steps: [ROW] },
    // Another width closes it.
    { over: "Leads", steps: [ROW], wide: true },
  ],
  "list/bulk-dialog.tsx": [{ over: "Leads", steps: [ROW, "Label…"] }],
  "list/selection-bar.tsx": [
    { over: "Leads", steps: ["Select the row", "More for the selection"] },
  ],
  "list/chosen-filter.tsx": [{ over: "Leads, filtered", steps: ["Has"] }],
  "list/peek-panel.tsx": [{ over: "Leads, peeked", steps: [], wide: true }],
  "batch/batch-acts.tsx": [{ over: "batch", steps: [MORE] }],
  "batch/again-dialog.tsx": [{ over: "batch", steps: [MORE, "Run failed again…"] }],
  "batch/rename-dialog.tsx": [{ over: "batch", steps: [MORE, "Rename…"] }],
  "batch/delete-dialog.tsx": [{ over: "batch", steps: [MORE, "Delete…"] }],
  "batch/export-batch.tsx": [{ over: "batch", steps: ["Export"] }],
  "batch/failure-list.tsx": [{ over: "batch, reasons", steps: ["More for:"] }],
  "schedule/schedule-dialog.tsx": [
    { over: "Schedules", steps: ["New schedule"] },
    { over: "schedule", steps: ["Edit…"] },
  ],
  "schedule/schedule-acts.tsx": [{ over: "schedule", steps: ["Delete…"] }],
  "key/new-key-dialog.tsx": [
    { over: "Keys", steps: ["New key"] },
    {
      over: "Keys",
      steps: ["New key", { fill: "Name", with: "A program" }, "Create key"],
      until: "sk_live_",
    },
  ],
  "key/key-acts.tsx": [
    { over: "Keys", steps: ["Rotate…"] },
    { over: "Keys", steps: ["Revoke…"] },
  ],
  "webhook/new-webhook-dialog.tsx": [{ over: "Webhooks", steps: ["New webhook"] }],
  "webhook/edit-webhook-dialog.tsx": [{ over: "webhook", steps: ["Edit…"] }],
  "webhook/webhook-acts.tsx": [
    { over: "webhook", steps: ["Rotate…"] },
    { over: "webhook", steps: ["Delete…"] },
  ],
  "profile/invite-dialog.tsx": [{ over: "Profiles", steps: ["Invite"] }],
  "profile/profile-acts.tsx": [{ over: "profile", steps: ["Remove…"] }],
  "tenant/named-deletion.tsx": [{ over: "account", steps: ["Delete the tenant…"] }],
  "tenant/new-tenant-dialog.tsx": [{ over: "Tenants", steps: ["New tenant"] }],
  "tenant/rename-tenant-dialog.tsx": [{ over: "Tenants", steps: ["Rename…"] }],
  "tenant/tenant-acts.tsx": [{ over: "Tenants", steps: ["Switch off…"] }],
  "role/role-dialog.tsx": [{ over: "Roles of all", steps: ["New role"] }],
  "role/all-roles-view.tsx": [{ over: "Roles of all", steps: ["Delete…"] }],
  "health/worker-list.tsx": [{ over: "Health", steps: ["Drain…"] }],
  "health/queue-table.tsx": [{ over: "Health", steps: ["Pause…"] }],
};

/** What is open, the last that was. */
export const OPENED =
  "dialog[open], [role=menu], [role=dialog], div:has(> [role=listbox]), aside[tabindex]";

export const open = async (page: Page, { steps, until }: Opening): Promise<void> => {
  for (const step of steps) {
    if (typeof step !== "string") {
      await page.getByLabel(step.fill).last().fill(step.with);
    } else if (step.length === 1) await page.keyboard.press(step);
    else {
      const named = { name: step };
      const button = page.getByRole("button", named).or(page.getByRole("menuitem", named));
      const box = page.getByRole("checkbox", { ...named, exact: true });
      await button.or(box).filter({ visible: true }).first().click();
    }
  }
  const opened = page.locator(OPENED).filter({ visible: true }).last();
  await opened.waitFor();
  // What is in it may come after it.
  await page.waitForFunction((selector) => {
    const last = [...document.querySelectorAll(selector)]
      .filter((each) => each.checkVisibility())
      .at(-1);
    return last?.textContent !== "" && last?.querySelector(".late[role=status]") === null;
  }, OPENED);
  if (until !== undefined) await opened.getByText(until).first().waitFor();
};

export const close = async (page: Page): Promise<void> => {
  const opened = page.locator(OPENED).filter({ visible: true });
  for (let left = await opened.count(); left > 0; left = await opened.count()) {
    await page.keyboard.press("Escape");
    await opened.nth(left - 1).waitFor({ state: "hidden" });
  }
};
