import { expect, it } from "vitest";
import { describeInBrowser, product, useBrowser, userWith } from "./product.ts";

const PAGES = ["/admin/db", "/admin/db/query", "/admin/db/drift", "/admin/db/public.jobs"];

describeInBrowser("the pages of the database", () => {
  const browser = useBrowser();
  /** Staff of the platform are people of a tenant too. */
  const staff = product.users.find(({ email }) => email.startsWith("platform@"));

  it("has platform staff read tables, and run, plan, keep and be refused a statement", async () => {
    const { page, faults } = await browser.open({ as: staff! });
    await page.goto("/admin/db");
    await page.getByRole("table", { name: "Tables" }).waitFor();
    await page.getByRole("searchbox", { name: "Name contains" }).fill("tenant_sl");
    await page.getByRole("link", { name: "app.tenant_slugs" }).click();
    await page.getByRole("button", { name: "Show 20 rows" }).click();
    await page.getByRole("region", { name: "Some rows" }).getByText(product.tenant).waitFor();

    await page.goto("/admin/db/query");
    const statement = page.getByLabel("Statement", { exact: true });
    await statement.fill("select slug from tenant_slugs order by slug");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("region", { name: "Rows" }).getByText(product.tenant).waitFor();
    await page.getByRole("button", { name: "Explain" }).click();
    await page
      .getByRole("region", { name: "Plan" })
      .getByText(/on tenant_slugs/)
      .waitFor();

    await page.getByLabel("Name of the statement").fill("Slugs");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Delete Slugs" }).waitFor();
    await statement.fill("select pg_sleep(600)");
    await page.keyboard.press("Control+Enter");
    await page.getByText("The function pg_sleep cannot be called here").waitFor();
    await page.getByText("Line 1, character 8: pg_sleep(600)").waitFor();
    await page.getByRole("button", { name: "Slugs", exact: true }).click();
    expect(await statement.inputValue()).toBe("select slug from tenant_slugs order by slug");
    await page.getByRole("button", { name: "Delete Slugs" }).click();
    await page.getByRole("button", { name: "Delete Slugs" }).waitFor({ state: "detached" });

    await statement.fill("select count(*) from generate_series(1, 1000000000000)");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText(/It was cancelled|was stopped/).waitFor();

    await page.goto("/admin/db/drift");
    await page.getByText("Nothing differs that is not meant to").waitFor();
    expect(faults.join("\n")).toBe("");
  });

  it("has nobody else see that there are any", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    for (const address of PAGES) {
      expect((await page.goto(address))?.status(), address).toBe(404);
    }
    const answer = await context.request.post("/api/trpc/db.query", {
      data: { sql: "select 1", runId: crypto.randomUUID() },
      headers: { "x-tenant": product.tenant, origin: product.web },
    });
    expect(answer.status()).toBe(403);
    expect(await page.getByRole("link", { name: "Database" }).count()).toBe(0);
  });
});
