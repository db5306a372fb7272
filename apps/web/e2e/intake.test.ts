import { writeXlsx } from "hucre/xlsx";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import {
  createBatch,
  createdBatch,
  describeInBrowser,
  findJobs,
  path,
  product,
  useBrowser,
  userWith,
  waitForBatch,
} from "./product.ts";

const field = (page: Page) => page.getByLabel("Domains", { exact: true });
const files = (page: Page) => page.getByLabel("List files");
/** Pastes a text into the field; says whether the page takes it or leaves it to the browser. */
const paste = (page: Page, pasted: string) =>
  field(page).evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    return element.dispatchEvent(event) ? "left to the browser" : "taken";
  }, pasted);
const creates = (page: Page, count: string) =>
  page.getByRole("button", { name: `Create batch of ${count}`, exact: true });
const group = (page: Page, title: string) =>
  page.getByRole("button", { name: new RegExp(`^${title} [0-9,]+`) });
const rows = (page: Page, title: string) =>
  page.getByRole("list", { name: title, exact: true }).getByRole("listitem");
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
const fileOf = (name: string, content: string | Buffer, mimeType = "") => ({
  name,
  mimeType,
  buffer: Buffer.from(content),
});

/** Lines as customers send them: with a title, quotes over lines, other columns, doubles and lines of no use. */
const messy = (): string =>
  [
    '"Kunden; Stand November"',
    "Firma;Ort;Webseite;E-Mail",
    ...Array.from({ length: 300 }, (_, at) => {
      const host = `messy-${at}.example`;
      if (at % 50 === 1) return `"Firma ""${at}""\nAG";Zug;messy-0.example;`;
      if (at % 50 === 2) return `Firma ${at};Bern;keine;`;
      if (at % 3 === 0) return `Firma ${at};"Bern; Stadt";HTTPS://www.${host}/kontakt;info@${host}`;
      return `Firma ${at};Zürich;${host};`;
    }),
  ].join("\r\n");

describeInBrowser("the list of a new batch", () => {
  const browser = useBrowser();

  it("starts 300 messy rows in one click", async () => {
    const { page, context, faults } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    await field(page).fill(messy());
    await creates(page, "288 domains").waitFor();
    expect(await page.getByLabel("Column with names").inputValue()).toBe("2");
    await page.getByText("3 other columns are kept with each line.").waitFor();
    await expect.poll(() => group(page, "Doubles").textContent()).toContain("6");
    await expect.poll(() => group(page, "Not a web site").textContent()).toContain("6");
    expect(await group(page, "Fixed").textContent()).toMatch(/96\s*https:\/\/.*removed/);
    await creates(page, "288 domains").click();
    const batchId = await createdBatch(page, context);
    expect(faults.join("\n")).toBe("");

    // The list comes back as it was given: every line, with the columns that were not names.
    const answer = await context.request.get(`/api/v3/export/batches/${batchId}/list.json`, {
      headers: { "x-tenant": product.tenant },
    });
    const back = JSON.parse(await answer.text()) as Record<string, unknown>[];
    expect(back).toHaveLength(300);
    expect(back[1]).toMatchObject({
      Firma: 'Firma "1"\nAG',
      Ort: "Zug",
      Webseite: "messy-0.example",
    });
    expect(back[2]).toMatchObject({ Firma: "Firma 2", Webseite: "keine" });
  });

  it("reads another column when one is chosen, and goes back to the one that was found", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    await field(page).fill(
      "Firma,Website,Agentur,E-Mail\nA,a-site.com,x-agency.com,i@a-mail.com\nB,b-site.com,y-agency.com,i@b-mail.com\nC,,y-agency.com,i@b-mail.com",
    );
    const column = page.getByLabel("Column with names");
    await page.getByText("a-site.com").waitFor();
    expect(await column.locator("option:checked").textContent()).toBe("Website");
    // Other cells stand beside each name, so that only groups tell which column it is from.
    await column.selectOption({ label: "Agentur" });
    await group(page, "Doubles").waitFor();
    await rows(page, "Will run as written").getByText("y-agency.com", { exact: true }).waitFor();
    await column.selectOption({ label: "E-Mail (domains of addresses)" });
    await group(page, "Fixed").click();
    await rows(page, "Fixed").getByText("b-mail.com", { exact: true }).waitFor();
    await page.getByRole("button", { name: "As it was found" }).click();
    await page.getByText("The column “Website” is empty in this line.").waitFor();
    await rows(page, "Will run as written").getByText("a-site.com", { exact: true }).waitFor();
  });

  it("stays small with 100,000 lines: only the rows in sight are in the document", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    const lines = Array.from({ length: 100_000 }, (_, at) =>
      at % 2 === 0 ? `many-${at}.com` : `https://www.many-${at}.com/`,
    );
    await paste(page, lines.join("\n"));
    await creates(page, "100,000 domains").waitFor();
    expect(await field(page).inputValue()).toBe("");
    expect(await page.getByRole("list", { name: "Files" }).textContent()).toContain(
      "100,000 lines",
    );

    await group(page, "Fixed").click();
    const fixed = rows(page, "Fixed");
    await fixed.getByText("many-1.com", { exact: true }).waitFor();
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(2000);
    const scroller = page.getByRole("list", { name: "Fixed" }).locator("../..");
    await scroller.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await fixed.getByText("many-99999.com", { exact: true }).waitFor();
    expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(2000);
    expect(await fixed.last().getAttribute("aria-posinset")).toBe("50000");
  });

  it("takes 50,000 characters into the field, and keeps one more as a file", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    const fits = "field-site.com\n".padEnd(50_000);
    expect(await paste(page, fits)).toBe("left to the browser");
    expect(await paste(page, `${fits} `)).toBe("taken");
    await page.getByText("Added Pasted list.").waitFor();
    await field(page).fill(fits);
    expect(await field(page).inputValue()).toHaveLength(50_000);
    await field(page).fill(`${fits} `);
    await page.getByRole("list", { name: "Files" }).getByRole("listitem").nth(1).waitFor();
    expect(await field(page).inputValue()).toBe("");
  });

  it("takes any text file, several at once, wherever they are dropped, and refuses the rest in words", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    const csv = 'name;website\r\n"Acme; Bakery";acme-bakery.com\r\nHarbor;harbor-dental.com\r\n';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, "utf16le")]);
    await files(page).setInputFiles([
      fileOf("list.csv", utf16, "text/csv"),
      fileOf("notes", "Our site: notes-site.com, see there"),
      fileOf("names.tsv", "Firma\tWeb\nA\ttab-site.com"),
    ]);
    await creates(page, "4 domains").waitFor();
    await page.getByText("Added names.tsv.").waitFor();
    expect(await page.getByLabel("Label").inputValue()).toBe("list");

    await files(page).setInputFiles([
      fileOf("old.xls", "PK"),
      fileOf("open.ods", "PK"),
      fileOf("empty.csv", ""),
      fileOf("letter.pdf", "%PDF-1.7"),
    ]);
    const alert = page.getByRole("alert").filter({ hasText: "letter.pdf" });
    await alert.waitFor();
    const words = await alert.textContent();
    expect(words).toContain("old.xls cannot be read here: save it as .xlsx or CSV");
    expect(words).toContain("open.ods cannot be read here");
    expect(words).toContain("empty.csv is empty");
    expect(await page.getByRole("list", { name: "Files" }).getByRole("listitem").count()).toBe(3);

    const book = await writeXlsx({
      sheets: [
        { name: "About", rows: [["How to use this book"]] },
        {
          name: "Leads",
          rows: [
            ["Nr", "Website"],
            [1, "from-a-book.com"],
          ],
        },
      ],
    });
    await files(page).setInputFiles(fileOf("Book.xlsx", Buffer.from(book)));
    await creates(page, "5 domains").waitFor();
    await page.getByText("Sheet “Leads”; 1 other sheet not read.").waitFor();
    await page.getByRole("button", { name: "Remove Book.xlsx" }).click();

    const dataTransfer = await page.evaluateHandle(() => {
      const dropped = new DataTransfer();
      for (const name of ["one", "two"]) {
        dropped.items.add(new File([`${name}-dropped.com`], `${name}.txt`));
      }
      return dropped;
    });
    await page.getByRole("heading", { name: "New batch" }).dispatchEvent("drop", { dataTransfer });
    await creates(page, "6 domains").waitFor();
    expect(await alert.count()).toBe(0);
    await page.getByRole("button", { name: "Remove two.txt" }).click();
    await creates(page, "5 domains").waitFor();
  });

  it("lets refused lines be mended or dropped where they stand, and keeps the focus among them", async () => {
    const { page } = await browser.open({ as: userWith("owner") });
    await page.goto(path("/batches/new"));
    await field(page).fill(
      "acme-bakery.com\nacme bakery\n127.0.0.1\nhttps://WWW.Harbor-Dental.com/x\nnobody",
    );
    await creates(page, "2 domains").waitFor();
    await page.getByLabel("Mend line 2").fill("acme-cakes.com");
    await page.getByLabel("Mend line 2").press("Enter");
    await creates(page, "3 domains").waitFor();
    await expect.poll(() => focused(page)).toBe("Mend line 3");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Drop line 3");
    await page.keyboard.press("Enter");
    // The line is gone from the text, and the ones after it have moved up.
    await expect.poll(() => focused(page)).toBe("Mend line 4");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("somebody.com");
    await page.keyboard.press("Enter");
    await creates(page, "4 domains").waitFor();
    expect(await group(page, "Not a web site").count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("4 domains will run");
    expect(await field(page).inputValue()).toBe(
      "acme-bakery.com\nacme-cakes.com\nhttps://WWW.Harbor-Dental.com/x\nsomebody.com",
    );
  });

  it("lets what was scanned lately be used as it is, one by one or all", async () => {
    const { page, context } = await browser.open({ as: userWith("owner") });
    const [first = "", second = "", third = ""] = product.sites.working;
    await waitForBatch(
      context,
      await createBatch(context, { domains: [first, second], maxPages: 1 }),
    );
    await page.goto(path("/batches/new"));
    await field(page).fill([first, second, third, "never-scanned.example"].join("\n"));
    await rows(page, "Scanned lately").getByText(first).waitFor();
    await creates(page, "4 domains").waitFor();
    await page.getByRole("button", { name: "Use what we have" }).click();
    await page.getByLabel(`Scan ${second} again`).check();
    // Other tests may have scanned the third as well.
    await page.getByRole("button", { name: /^Create batch of [23] domains$/ }).click();
    const batchId = await createdBatch(page, context);
    const made = (await findJobs(context, batchId)).map(({ domain }) => domain);
    expect(made).toContain(second);
    expect(made).toContain("never-scanned.example");
    expect(made).not.toContain(first);
  });
});
