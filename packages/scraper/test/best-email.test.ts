import { expect, test } from "vitest";
import type { MailDomains } from "../src/guard/mail-domains.ts";
import { done, siteOf, visitSite } from "./visit-site.ts";

/** What is best of the addresses on a home page, a contact page and an imprint; these domains take mail, these do not. */
async function bestOf(
  pages: { home?: string; contact?: string; imprint?: string },
  takes: Record<string, "yes" | "no" | "unknown"> = {},
) {
  const mailDomains: MailDomains = {
    ask: async (domain) => ({ takes: takes[domain] ?? "unknown", at: "2026-11-01T00:00:00.000Z" }),
  };
  const links = `<a href="/kontakt">k</a><a href="/impressum">i</a>`;
  const { outcome } = await visitSite(
    siteOf({
      "/": `<title>x</title>${links}<p>${pages.home ?? ""}</p>`,
      "/kontakt": `<p>${pages.contact ?? ""}</p>`,
      "/impressum": `<p>${pages.imprint ?? ""}</p>`,
    }),
    { mailDomains },
  );
  return done(outcome).lead;
}

const best = async (...site: Parameters<typeof bestOf>) => (await bestOf(...site)).bestEmail;

test.for([
  ["the only one", { home: "sonne@gmail.com" }, {}, "sonne@gmail.com"],
  [
    "the site's own domain before others",
    { home: "info@partner.de sonne@gmail.com anna@one.example" },
    {},
    "anna@one.example",
  ],
  [
    "one that is named as the site before those of others",
    { home: "info@agentur.de kontakt@partner.de one@gmail.com" },
    {},
    "one@gmail.com",
  ],
  [
    "one that takes mail before one that does not, whosever",
    { home: "info@one.example sonne@gmail.com" },
    { "one.example": "no" },
    "sonne@gmail.com",
  ],
  [
    "one that takes mail before one that may",
    { home: "info@a.example.net.de info@partner.de" },
    { "partner.de": "yes" },
    "info@partner.de",
  ],
  [
    "of two alike the one for everybody, and a person's after both",
    { home: "anna@one.example sales@one.example info@one.example" },
    {},
    "info@one.example",
  ],
  [
    "the business before a person",
    { home: "anna@one.example sales@one.example" },
    {},
    "sales@one.example",
  ],
  [
    "a person's before one for other things",
    { home: "datenschutz@one.example jobs@one.example anna@one.example" },
    {},
    "anna@one.example",
  ],
  [
    "a free one before one that nobody reads",
    { home: "noreply@one.example sonne@gmail.com" },
    {},
    "sonne@gmail.com",
  ],
  [
    "the business itself before a person",
    { home: "anna@one.example one@one.example" },
    {},
    "one@one.example",
  ],
  [
    "the one on most pages",
    { home: "office@one.example info@one.example", contact: "info@one.example" },
    {},
    "info@one.example",
  ],
  [
    "of two alike the one on the contact page",
    { home: "office@one.example", contact: "info@one.example" },
    {},
    "info@one.example",
  ],
  [
    "of two alike the one in the imprint",
    { home: "office@one.example", imprint: "info@one.example" },
    {},
    "info@one.example",
  ],
  [
    "of two equal the first",
    { home: "info@one.example hello@one.example" },
    {},
    "info@one.example",
  ],
  [
    "the one that the site shows everywhere before one that is shown once",
    {
      home: "werkstatt@one.example",
      contact: "buero@one.example werkstatt@one.example",
      imprint: "werkstatt@one.example",
    },
    {},
    "werkstatt@one.example",
  ],
] as const)("best is %s", async ([, pages, takes, email]) => {
  expect((await best(pages, takes))?.email).toBe(email);
});

test("the rule says in a sentence what speaks for it", async () => {
  expect((await best({ home: "sonne@gmail.com" }))?.rule).toBe(
    "The only address of the site: at a free provider, on one page.",
  );
  expect(
    (
      await best(
        { home: "info@one.example anna@one.example", contact: "info@one.example" },
        { "one.example": "yes" },
      )
    )?.rule,
  ).toBe(
    "The best of 2 addresses: on the site's own domain, which takes mail, an address for everybody, on 2 pages, the contact page among them.",
  );
  expect((await best({ imprint: "anna@partner.de" }, { "partner.de": "no" }))?.rule).toBe(
    "The only address of the site: on another domain, which takes no mail, a person's address, on the imprint.",
  );
  expect(await best({})).toBeNull();
});

test.for([
  ["a person before the business", "anna@one.example sales@one.example", "anna@one.example"],
  ["the business where there is no person", "sales@one.example", "sales@one.example"],
  [
    "the site's own domain before a person elsewhere",
    "info@one.example anna.huber@partner.de",
    "info@one.example",
  ],
  [
    "the business before one for other things",
    "datenschutz@one.example info@one.example",
    "info@one.example",
  ],
] as const)("where people are wanted the best is %s", async ([, home, email]) => {
  expect((await bestOf({ home })).bestPersonEmail?.email).toBe(email);
});
