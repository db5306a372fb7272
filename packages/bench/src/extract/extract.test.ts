import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCorpus } from "./corpus.ts";
import { CORPUS } from "./extract.ts";
import { ratiosOf, type Reading, scoreReadings } from "./score.ts";
import { visitCorpus } from "./visit-corpus.ts";

test("forty saved sites are read as a reader reads them", { timeout: 120_000 }, async () => {
  const scores = scoreReadings(await visitCorpus(CORPUS));
  const ratios = ratiosOf(scores);
  const told = JSON.stringify(scores, null, 1);
  for (const [name, value] of Object.entries(ratios))
    expect(value, `${name}\n${told}`).toBeGreaterThanOrEqual(
      name.endsWith("Precision") ? 0.98 : 0.95,
    );
});

test("a score counts each entry once, and tells what was lost and what is not so", () => {
  const expected = {
    host: "laden.example",
    emails: ["info@laden.example", "anna@laden.example"],
    phones: ["+493023125000"],
    faxes: [],
    socials: ["https://x.com/laden", "https://www.facebook.com/Laden/"],
    technologies: ["WordPress"],
    bestEmail: "info@laden.example",
    businessName: ["Laden", "Laden GmbH"],
    town: "Berlin",
    country: "DE",
  };
  const found = {
    emails: ["INFO@laden.example"],
    phones: ["+493023125000", "+493023125001"],
    faxes: [],
    socials: ["https://twitter.com/laden", "https://m.facebook.com/laden?ref=page"],
    technologies: ["WordPress"],
    bestEmail: null,
    businessName: "laden gmbh",
    town: "Berlin",
    country: null,
  };
  const readings: Reading[] = [{ slug: "laden", expected, found }];
  const scores = scoreReadings(readings);
  expect(ratiosOf(scores)).toEqual({
    emailPrecision: 1,
    emailRecall: 0.5,
    phonePrecision: 0.5,
    phoneRecall: 1,
    faxPrecision: 1,
    faxRecall: 1,
    socialPrecision: 1,
    socialRecall: 1,
    technologyPrecision: 1,
    technologyRecall: 1,
    bestEmail: 0,
    businessName: 1,
    town: 1,
    country: 0,
  });
  expect(scores.flatMap(({ misses }) => misses)).toEqual([
    "laden: - anna@laden.example",
    "laden: + +493023125001",
    "laden: - info@laden.example",
    "laden: - DE",
  ]);
});

test("a corpus of any folder is served by the paths of its files", () => {
  const folder = mkdtempSync(join(tmpdir(), "corpus-"));
  try {
    mkdirSync(join(folder, "laden", "content"), { recursive: true });
    writeFileSync(join(folder, "laden", "expected.json"), '{"host":"laden.example"}');
    writeFileSync(join(folder, "laden", "index.html"), "home");
    writeFileSync(join(folder, "laden", "content", "kontakt.html"), "contact");
    const [saved] = readCorpus(folder);
    const answer = (path: string) => {
      const request = { host: "laden.example", path, secure: true, count: 0, headers: {} };
      const { status, body } = saved!.site.answer(request);
      return status ?? Buffer.from(body as Uint8Array).toString();
    };
    expect(["/", "/index.html", "/?x=1"].map(answer)).toEqual(["home", "home", "home"]);
    expect(["/content/kontakt", "/content/kontakt/", "/content/kontakt.html"].map(answer)).toEqual([
      "contact",
      "contact",
      "contact",
    ]);
    expect(answer("/robots.txt")).toBe(404);
    expect(saved!.expected.emails).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
