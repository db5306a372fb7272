import { expect, it } from "vitest";
import { describeInBrowser, path, product, typeStaff, useBrowser, userWith } from "./product.ts";

const PASSWORD = "a password of her own";

describeInBrowser("a one-time link", () => {
  const browser = useBrowser();
  let count = 0;
  const add = async (...more: string[]) => {
    const email = `new-${++count}@skyline.example`;
    const line = ["add", email, "--tenant", product.tenant, "--role", "operator", ...more];
    return typeStaff<{ email: string; link: string }>(...line);
  };

  it("sets a password, signs in, leads to the tenant, and says when it was used", async () => {
    const { email, link } = await add("--name", "Nora New");
    expect(new URL(link).origin).toBe(product.web);
    const { page, faults, context } = await browser.open();
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.url()));
    await page.goto(link);
    expect(await page.getByLabel("E-mail").inputValue()).toBe(email);
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    expect(new URL(page.url()).pathname).toBe("/sign-in/link");
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await page.waitForURL(`**${path()}`);
    await page.getByRole("button", { name: "Account of Nora New" }).waitFor();
    expect(faults.join("\n")).toBe("");
    // The address of a page is sent without what stands behind the #.
    const token = new URL(link).hash.slice(1);
    expect(
      sent.filter(
        (address) =>
          new URL(address).pathname.includes(token) || new URL(address).search.includes(token),
      ),
    ).toEqual([]);

    await context.clearCookies();
    await page.goto(link);
    await page.getByText("This link was used already.").waitFor();
    await page.getByText(`npm run staff -- link ${email}`).waitFor();
    await page.getByRole("link", { name: "To the sign-in page" }).click();
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`**${path()}`);
  });

  it("signs in whoever it is for, whoever was signed in before", async () => {
    const { email, link } = await add();
    const { page } = await browser.open({ as: userWith("viewer") });
    await page.goto(link);
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await page.waitForURL(`**${path()}`);
    const account = page.getByRole("button", { name: `Account of ${email}` });
    await account.waitFor();
    expect(await account.count()).toBe(1);
  });

  it("says what to do when a newer one was made, when it is none, and when its person is disabled", async () => {
    const { email, link } = await add();
    const newer = await typeStaff<{ link: string }>("link", email);
    const { page } = await browser.open();
    await page.goto(link);
    await page.getByText("A newer link was made for you after this one.").waitFor();
    await page.goto("/sign-in/link");
    await page.getByText("This link is not known here.").waitFor();
    // A link pasted over another one is no new page.
    await page.goto(newer.link);
    await page.getByLabel("New password").waitFor();
    await typeStaff("disable", email);
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await page.getByText("This account may not sign in.").waitFor();
    expect(new URL(page.url()).pathname).toBe("/sign-in/link");
  });

  it("can be tried again when the server was away", async () => {
    const { link } = await add();
    const { page } = await browser.open();
    await page.route("**/api/auth/sign-in/link/state", (route) => route.abort());
    await page.goto(link);
    await page.getByText("The server did not answer.").waitFor();
    await page.unroute("**/api/auth/sign-in/link/state");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByLabel("New password").waitFor();
    expect(page.url()).toBe(link);
  });
});
