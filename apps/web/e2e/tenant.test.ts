import { expect, it } from "vitest";
import { createBatch, describeInBrowser, path, product, useBrowser, userWith } from "./product.ts";

describeInBrowser("what belongs to another tenant", () => {
  const browser = useBrowser();

  it("does not exist: its pages, its batches, its jobs", async () => {
    const owner = await browser.open({ as: userWith("owner") });
    const batchId = await createBatch(owner.context, {
      domains: product.sites.working.slice(0, 1),
      maxPages: 1,
    });
    const other = await browser.open({ as: userWith("owner", "harbor.example") });
    for (const address of [
      path(),
      path("/batches"),
      path(`/batches/${batchId}`),
      `/t/harbor/batches/${batchId}`,
      "/t/harbor/jobs/00000000-0000-4000-8000-000000000000",
      "/t/harbor/batches/not-an-id",
    ]) {
      const status = (await other.page.goto(address))?.status();
      expect(`${address} ${status}`).toBe(`${address} 404`);
    }
    expect((await other.page.goto("/t/harbor"))?.status()).toBe(200);
    expect(await other.page.content()).not.toContain(batchId);
  });
});
