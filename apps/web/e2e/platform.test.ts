import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { describeInBrowser, path, product, useBrowser, userWith } from "./product.ts";
import { counting } from "./steps.ts";

describeInBrowser("the platform's pages", () => {
  const browser = useBrowser();
  /** In the first data the platform's staff is the admin of a tenant. */
  const staff = () => userWith("admin");

  it("are there for the platform's staff, who see how it is, pause the queue and drain a worker", async () => {
    const { page, context, faults } = await browser.open({ as: staff() });
    const undo = () =>
      context.request.post("/api/trpc/queues.resume", {
        data: { queue: "scrape-domain" },
        headers: { origin: product.web },
      });
    await page.goto(path());
    const task = counting("i");
    const main = page.getByRole("navigation", { name: "Main" });
    await task.do("Health", main.getByRole("link", { name: "Health" }).click());
    await page.waitForURL("**/admin/health");
    await page.getByRole("heading", { name: "Health" }).waitFor();
    for (const name of ["Pooled", "Direct"]) {
      await page.getByRole("heading", { name, exact: true }).waitFor();
    }
    await page.getByText("Answers", { exact: true }).first().waitFor();
    task.tell();
    expect(task.steps).toHaveLength(1);

    const queue = page.getByRole("row").filter({ hasText: "Sites to visit" });
    await queue.getByRole("button", { name: "Pause…" }).click();
    await page.getByRole("button", { name: "Pause queue" }).click();
    try {
      await queue.getByText("Paused").waitFor();
      await page.getByText("nothing more of it is claimed").waitFor();
      await queue.getByRole("button", { name: "Resume" }).click();
      await queue.getByText("Open", { exact: true }).waitFor();
    } finally {
      // Others wait for what is in it.
      await undo();
    }

    await page.getByRole("button", { name: "Drain…" }).click();
    await page.getByRole("button", { name: "Drain worker" }).click();
    await page.getByText("every worker is draining").waitFor();
    const worker = page.getByRole("listitem").filter({ hasText: /Drain(ing|ed)/ });
    await worker.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("button", { name: "Drain…" }).waitFor();
    expect(faults.join("\n")).toBe("");
  });

  it("tell what belongs to no tenant, such as who tried to sign in and is nobody", async () => {
    const { page, context, faults } = await browser.open({ as: staff() });
    const stranger = `stranger-${randomUUID()}@nowhere.example`;
    await context.request.post("/api/auth/sign-in/email", {
      data: { email: stranger, password: "what nobody has" },
      headers: { origin: product.web },
    });
    await page.goto("/admin/audit");
    const told = page.getByRole("row").filter({ hasText: stranger });
    await told.getByText("Failed", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Refused" }).click();
    await told.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Failed" }).click();
    await told.waitFor();
    expect(faults.join("\n")).toBe("");
  });

  it("are nowhere for anybody else", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    await page.goto(path());
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    expect(await page.getByText("Platform", { exact: true }).count()).toBe(0);
    const answer = await page.goto("/admin/health");
    expect(answer?.status()).toBe(404);
    expect(await page.title()).not.toContain("Health");
    const asked = await context.request.get("/api/trpc/health.overview");
    expect(asked.status()).toBe(403);
    const nobody = await browser.open();
    await nobody.page.goto("/admin/health");
    await nobody.page.waitForURL("**/sign-in?next=%2Fadmin%2Fhealth");
  });
});
