import { expect, it } from "vitest";
import {
  cancelBatch,
  createLongBatch,
  describeInBrowser,
  path,
  product,
  typeStaff,
  useBrowser,
  userWith,
} from "./product.ts";
import { counting } from "./steps.ts";

const PASSWORD = "a password of his own";

describeInBrowser("the team", () => {
  const browser = useBrowser();

  it("invites a colleague, makes them operator, and shuts them out while they watch", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("owner") });
    const email = `nils-${Date.now()}@skyline.example`;
    await page.goto(path("/profiles"));
    const access = counting("g, access");
    await access.do("Invite", page.getByRole("button", { name: "Invite" }).click());
    const form = page.getByRole("dialog", { name: "Invite a colleague" });
    await access.do("E-mail", form.getByLabel("E-mail").fill(email));
    await access.do("Name", form.getByLabel("Name").fill("Nils New"));
    await access.do("Role", form.getByLabel("Role").selectOption("viewer"));
    await access.do("Invite", form.getByRole("button", { name: "Invite" }).click());
    const told = page.getByRole("dialog", { name: `${email} was invited` });
    const link = await told.getByText("/sign-in/link#").textContent();
    await told.getByRole("button", { name: "Close" }).click();
    await page.goto(path("/profiles"));
    const row = page.getByRole("row").filter({ hasText: email });
    await row.getByText("Invited").waitFor();
    await row.getByRole("link", { name: "Nils New" }).click();
    await page.getByRole("heading", { name: "Nils New" }).waitFor();

    const theirs = await browser.open();
    await theirs.page.goto(link ?? "");
    await theirs.page.getByLabel("New password").fill(PASSWORD);
    await theirs.page.getByRole("button", { name: "Set password and sign in" }).click();
    await theirs.page.waitForURL(`**${path()}`);
    await theirs.page.goto(path("/batches"));
    await theirs.page.getByRole("heading", { name: "Batches" }).waitFor();
    expect(await theirs.page.getByRole("link", { name: "New batch" }).count()).toBe(0);

    const role = counting("g, another role");
    await role.do("operator", page.getByLabel("Role").selectOption("operator"));
    await role.do("Change role", page.getByRole("button", { name: "Change role" }).click());
    await expect.poll(() => page.getByRole("definition").nth(1).textContent()).toBe("operator");
    await theirs.page.reload();
    await theirs.page.getByRole("link", { name: "New batch" }).first().waitFor();

    const batchId = await createLongBatch(context);
    await theirs.page.goto(path(`/batches/${batchId}`));
    await theirs.page.getByRole("banner").getByText("Live", { exact: true }).waitFor();

    const off = counting("g, shut out");
    await off.do("Disable…", page.getByRole("button", { name: "Disable…" }).click());
    const sure = page.getByRole("button", { name: "Disable", exact: true });
    await off.do("Disable", sure.click());
    await page.getByText("Ended").waitFor();
    await page.getByRole("button", { name: "Enable" }).waitFor();
    // What they watch says so by itself, and nothing lets them in.
    await theirs.page.getByText("Your session has ended").first().waitFor();
    await theirs.page.goto(path("/batches"));
    await theirs.page.waitForURL("**/sign-in**");
    await cancelBatch(context, batchId);
    for (const task of [access, role, off]) task.tell();
    expect([access, role, off].map(({ steps }) => steps.length)).toEqual([5, 2, 2]);
    expect(faults.join("\n")).toBe("");
  });

  it("makes a key, changes it without a pause, and ends it", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    const calls = async (key: string) =>
      (
        await fetch(`${product.web}/api/v3/jobs?limit=1`, {
          headers: { authorization: `Bearer ${key}` },
        })
      ).status;
    const keyIn = async (name: string) => {
      const dialog = page.getByRole("dialog", { name });
      const key = (await dialog.getByText("sk_live_").textContent()) ?? "";
      await dialog.getByRole("button", { name: "Done" }).click();
      return key;
    };
    await page.goto(path("/keys"));
    const task = counting("h");
    await task.do("New key", page.getByRole("button", { name: "New key" }).first().click());
    const form = page.getByRole("dialog", { name: "New key" });
    await task.do("Name", form.getByLabel("Name").fill("Browser importer"));
    expect(await form.getByRole("checkbox", { name: "jobs:read" }).isChecked()).toBe(true);
    await task.do("Create key", form.getByRole("button", { name: "Create key" }).click());
    task.tell();
    expect(task.steps).toHaveLength(3);
    const first = await keyIn("The key “Browser importer” was made");
    expect(await calls(first)).toBe(200);

    await page.goto(path("/keys"));
    const row = page.getByRole("row").filter({ hasText: "Browser importer" });
    await row.getByRole("button", { name: "Rotate…" }).click();
    await page.getByRole("button", { name: "Make the new key" }).click();
    const second = await keyIn("Rotate the key “Browser importer”");
    await page.goto(path("/keys"));
    expect(second).not.toBe(first);
    expect([await calls(first), await calls(second)]).toEqual([200, 200]);

    const newer = row.filter({ hasText: second.slice(-4) });
    await newer.getByRole("button", { name: "Revoke…" }).click();
    await page.getByRole("button", { name: "Revoke key" }).click();
    await newer.getByText("Revoked").waitFor();
    expect([await calls(first), await calls(second)]).toEqual([200, 401]);
    expect(faults.join("\n")).toBe("");
  });

  it("has a program told of what happens, and shows what it met", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/webhooks"));
    await page.getByRole("button", { name: "New webhook" }).first().click();
    const form = page.getByRole("dialog", { name: "New webhook" });
    const url = `http://${product.sites.working[0]}/hook-${Date.now()}`;
    await form.getByLabel("Address").fill(url);
    await form.getByRole("checkbox", { name: "Jobs have failed" }).setChecked(true);
    await form.getByRole("button", { name: "Create webhook" }).click();
    const made = page.getByRole("dialog", { name: "The webhook was made" });
    await made.getByText("whsec_").waitFor();
    await made.getByRole("button", { name: "Done" }).click();
    await page.getByRole("link", { name: url }).click();
    await page.getByRole("button", { name: "Send a test" }).click();
    const sent = page.getByRole("row").filter({ hasText: "webhook.test" });
    await sent.getByText("Answered with").waitFor();
    await sent.getByRole("link").click();
    const peek = page.getByRole("complementary", { name: "One of deliveries" });
    await peek.getByRole("heading", { name: "Tries" }).waitFor();
    await peek.getByText("webhook_id").waitFor();
    await page.getByRole("button", { name: "Rotate…" }).click();
    await page.getByRole("button", { name: "Make the new secret" }).click();
    await page.getByText("whsec_").waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText("Signs too").waitFor();
    await page.getByRole("button", { name: "Delete…" }).click();
    await page.getByRole("button", { name: "Delete webhook" }).click();
    await page.waitForURL(`**${path("/webhooks")}`);
    await expect.poll(() => page.getByRole("link", { name: url }).count()).toBe(0);
    expect(faults.join("\n")).toBe("");
  });

  it("lets somebody change their name, see where they are signed in, and sign out there", async () => {
    // Whose sessions no other test makes or ends.
    const own = { email: `two-${Date.now()}@skyline.example`, password: PASSWORD, role: "viewer" };
    const add = ["add", own.email, "--tenant", product.tenant, "--role", own.role];
    const { link } = await typeStaff<{ link: string }>(...add);
    const elsewhere = await browser.open();
    await elsewhere.page.goto(link);
    await elsewhere.page.getByLabel("New password").fill(own.password);
    await elsewhere.page.getByRole("button", { name: "Set password and sign in" }).click();
    await elsewhere.page.waitForURL(`**${path()}`);
    const { page, faults } = await browser.open({ as: own });
    await page.goto(path("/account"));
    const sessions = page.getByRole("table", { name: "Sessions" });
    await sessions.getByText("(this one)").waitFor();
    const others = sessions.getByRole("button", { name: "Sign out there" });
    await others.click();
    await expect.poll(() => others.count()).toBe(0);
    await elsewhere.page.goto(path());
    await elsewhere.page.waitForURL("**/sign-in**");
    const answered = page.waitForResponse((answer) => answer.url().includes("profiles.updateMe"));
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    expect((await answered).status()).toBe(200);
    // It is kept with the person: another browser tells times in it too.
    const other = await browser.open({ as: own });
    await other.page.goto(path("/account"));
    await expect.poll(() => other.page.getByLabel("Time zone").inputValue()).toBe("Asia/Tokyo");
    const back = page.waitForResponse((answer) => answer.url().includes("profiles.updateMe"));
    await page.getByLabel("Time zone").selectOption("");
    expect((await back).status()).toBe(200);
    expect(faults.join("\n")).toBe("");
  });
});
