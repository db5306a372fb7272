import { expect, it } from "vitest";
import { describeInBrowser, path, useBrowser, userWith } from "./product.ts";

describeInBrowser("the draft of a batch", () => {
  const browser = useBrowser();

  it("survives a reload", async () => {
    const { page, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    await page.getByLabel("Domains", { exact: true }).fill("acme-bakery.com\nharbor-dental.com");
    await page.getByLabel("Label").fill("Kept");
    await page.waitForFunction(() =>
      Object.values(localStorage).some((kept) => String(kept).includes("Kept")),
    );
    await page.reload();
    await page.getByRole("button", { name: "Create batch of 2 domains" }).waitFor();
    expect(await page.getByLabel("Label").inputValue()).toBe("Kept");

    // The page is drawn before its script comes: what is typed meanwhile is added to the draft.
    const scripts = Promise.withResolvers<void>();
    await page.route("**/_next/static/**/*.js", async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await page.reload({ waitUntil: "commit" });
    const field = page.getByLabel("Domains", { exact: true });
    await field.fill("typed-before.com");
    scripts.resolve();
    await page.getByRole("button", { name: "Create batch of 3 domains" }).waitFor();
    expect(await field.inputValue()).toBe("acme-bakery.com\nharbor-dental.com\ntyped-before.com");
    expect(faults).toEqual([]);
  });

  it("lets a refused line be mended or dropped where it stands", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    const field = page.getByLabel("Domains", { exact: true });
    await field.fill("acme-bakery.com\nacme bakery\n127.0.0.1\nhttps://WWW.Harbor-Dental.com/x");
    await page.getByRole("button", { name: "Create batch of 2 domains" }).waitFor();
    await page.getByLabel("Mend line 2").fill("acme-cakes.com");
    await page.getByLabel("Mend line 2").press("Enter");
    await page.getByRole("button", { name: "Create batch of 3 domains" }).waitFor();
    await page.getByRole("button", { name: "Drop line 3" }).click();
    await page.getByText("Not a domain").waitFor({ state: "detached" });
    expect(await field.inputValue()).toBe(
      "acme-bakery.com\nacme-cakes.com\nhttps://WWW.Harbor-Dental.com/x",
    );
  });

  it("takes a spreadsheet's file and several at once, and refuses what is no list", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    const picker = page.getByLabel("List file");
    const csv = 'name;website\r\n"Acme; Bakery";acme-bakery.com\r\nHarbor;harbor-dental.com\r\n';
    await picker.setInputFiles({
      name: "list.csv",
      mimeType: "text/csv",
      buffer: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, "utf16le")]),
    });
    await page.getByRole("button", { name: "Create batch of 2 domains" }).waitFor();
    await picker.setInputFiles({ name: "list.xlsx", mimeType: "", buffer: Buffer.from("PK") });
    await page.getByText(/list\.xlsx is not a \.txt, \.csv or \.tsv file/).waitFor();
    const field = page.getByLabel("Domains", { exact: true });
    expect(await field.inputValue()).not.toContain("PK");

    const dataTransfer = await page.evaluateHandle(() => {
      const files = new DataTransfer();
      for (const name of ["one", "two"]) files.items.add(new File([`${name}.com`], `${name}.txt`));
      return files;
    });
    await field.dispatchEvent("drop", { dataTransfer });
    await expect.poll(() => field.inputValue()).toMatch(/\none\.com\ntwo\.com$/);
  });
});
