import { expect, it } from "vitest";
import { describeInBrowser, path, signIn, useBrowser, userWith } from "./product.ts";

describeInBrowser("signing in and out", () => {
  const browser = useBrowser();

  it("leads from the door to the tenant, and says when a password is wrong", async () => {
    const { page, faults } = await browser.open();
    const { email, password } = userWith("owner");
    await page.goto("/");
    expect(new URL(page.url()).pathname).toBe("/sign-in");

    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("The e-mail address or the password is wrong.").waitFor();

    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`**${path()}`);
    await page.getByRole("heading", { name: "Running now" }).waitFor();
    expect(faults.join("\n")).toBe("");
  });

  it("leads back to the page that asked for it", async () => {
    const { page } = await browser.open();
    const { email, password } = userWith("viewer");
    await page.goto(path("/jobs?status=failed"));
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL(`**${path("/jobs?status=failed")}`);
    await page.getByRole("button", { name: "Failed", pressed: true }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Jobs");
  });

  it("ends the session on this browser and on the server", async () => {
    const { page, context } = await browser.open();
    const session = await signIn(context, userWith("operator"));
    await page.goto(path("/batches"));
    await page.getByRole("button", { name: /^Account of/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.waitForURL("**/sign-in");

    await context.addCookies(session);
    await page.goto(path("/batches"));
    expect(new URL(page.url()).pathname).toBe("/sign-in");
  });

  it("draws the chosen theme in the first answer of the server", async () => {
    const { page } = await browser.open({ as: userWith("owner"), colorScheme: "light" });
    await page.goto(path());
    await page.getByRole("button", { name: "Theme: as the system" }).click();
    await page.getByRole("button", { name: "Theme: light" }).click();
    await page.getByRole("button", { name: "Theme: dark" }).waitFor();
    const answer = await page.goto(path());
    expect(await answer?.text()).toContain('data-theme="dark"');
    const background = await page.evaluate(
      () => getComputedStyle(document.body.parentElement!).colorScheme,
    );
    expect(background).toBe("dark");
  });
});
