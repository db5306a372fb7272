import { expect, it } from "vitest";
import { describeInBrowser, path, typeStaff, useBrowser, userWith } from "./product.ts";

const PASSWORD = "a password of theirs";

describeInBrowser("the tenants", () => {
  const browser = useBrowser();

  it("are made by staff of the platform, switched off under their owner, deleted and had back", async () => {
    const { page, faults } = await browser.open({ as: userWith("admin") });
    const name = `Bakers ${Date.now()}`;
    await page.goto("/admin/tenants");
    await page.getByRole("button", { name: "New tenant" }).click();
    const form = page.getByRole("dialog", { name: "New tenant" });
    await form.getByLabel("Name").fill(name);
    await form.getByLabel("E-mail of its owner").fill(`owner-${Date.now()}@bakers.example`);
    await form.getByRole("button", { name: "Create tenant" }).click();
    const told = page.getByRole("dialog", { name: `“${name}” was made` });
    const link = await told.getByText("/sign-in/link#").textContent();
    await told.getByRole("button", { name: "Done" }).click();

    const theirs = await browser.open();
    await theirs.page.goto(link ?? "");
    await theirs.page.getByLabel("New password").fill(PASSWORD);
    await theirs.page.getByRole("button", { name: "Set password and sign in" }).click();
    await theirs.page.waitForURL("**/t/bakers-*");
    const { pathname } = new URL(theirs.page.url());
    await theirs.page.goto(`${pathname}/account`);
    await theirs.page.getByLabel("Name of the tenant").fill(`${name} & Sons`);
    await theirs.page.getByRole("button", { name: "Rename" }).click();
    await theirs.page.getByRole("banner").getByText(`${name} & Sons`).waitFor();
    const admin = await theirs.page.goto("/admin/tenants");
    expect(admin?.status()).toBe(404);

    await page.getByRole("searchbox", { name: "Name, address or id" }).fill(`${name} & Sons`);
    const row = page.getByRole("row").filter({ hasText: `${name} & Sons` });
    await row.getByRole("button", { name: "Switch off…" }).click();
    await page.getByRole("button", { name: "Switch off", exact: true }).click();
    await row.getByText("Switched off").waitFor();
    expect((await theirs.page.goto(pathname))?.status()).toBe(404);
    await theirs.page.goto("/");
    await theirs.page.waitForURL("**/sign-in**");
    await row.getByRole("button", { name: "Switch on" }).click();
    await row.getByText("In use").waitFor();

    await row.getByRole("button", { name: "Delete…" }).click();
    const deletion = page.getByRole("dialog", { name: `Delete “${name} & Sons”?` });
    const send = deletion.getByRole("button", { name: "Delete the tenant" });
    await deletion.getByLabel("Type its name").fill(name);
    expect(await send.isDisabled()).toBe(true);
    await deletion.getByLabel("Type its name").fill(`${name} & Sons`);
    await send.click();
    await row.getByText("Deleted").waitFor();
    await row.getByRole("button", { name: "Take back" }).click();
    await row.getByText("In use").waitFor();
    await theirs.page.goto(pathname);
    await theirs.page.getByRole("banner").getByText(`${name} & Sons`).waitFor();
    expect([...faults, ...theirs.faults]).toEqual([]);
  });

  it("have roles that are lent for a time, and roles that staff of the platform change", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    const email = `lent-${Date.now()}@skyline.example`;
    const to = ["--tenant", path().split("/")[2] ?? ""];
    const { profileId } = await typeStaff<{ profileId: string }>(
      "add",
      email,
      ...to,
      "--role",
      "viewer",
    );
    await page.goto(path(`/profiles/${profileId}`));
    await page.getByLabel("Role").selectOption("operator");
    await page.getByLabel("How long").selectOption("Besides, for a week");
    await page.getByRole("button", { name: "Change role" }).click();
    await page.getByText("Also operator until").waitFor();
    await page.getByRole("button", { name: "End it now" }).click();
    await page.getByText("Also operator until").waitFor({ state: "detached" });

    const staff = await browser.open({ as: userWith("admin") });
    await staff.page.goto("/admin/roles");
    await staff.page.getByRole("button", { name: "New role" }).click();
    const form = staff.page.getByRole("dialog", { name: "New role" });
    const role = `Intern ${Date.now()}`;
    await form.getByLabel("Name").fill(role);
    await form.getByRole("checkbox", { name: "jobs:read" }).setChecked(true);
    await form.getByRole("button", { name: "Create role" }).click();
    const shown = staff.page.getByRole("listitem").filter({ hasText: role });
    await shown.getByRole("button", { name: "Change…" }).click();
    const change = staff.page.getByRole("dialog", { name: `Change the role “${role}”` });
    await change.getByRole("checkbox", { name: "audit:read" }).setChecked(true);
    await change.getByRole("button", { name: "Change it everywhere" }).click();
    await shown.getByText("audit:read").waitFor();
    await shown.getByRole("button", { name: "Delete…" }).click();
    await staff.page.getByRole("button", { name: "Delete role" }).click();
    await shown.waitFor({ state: "detached" });
    expect([...faults, ...staff.faults]).toEqual([]);
  });
});
