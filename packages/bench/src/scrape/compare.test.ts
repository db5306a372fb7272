import { expect, test } from "vitest";
import { differencesOf } from "./compare.ts";
import type { PageWords, SiteRead } from "./contender.ts";

const words: PageWords = {
  title: "Home",
  description: "",
  h1: "Welcome",
  canonical: "",
  robots: "",
  language: "en",
  schemaTypes: ["LocalBusiness"],
  hasForm: false,
};
const site: SiteRead = {
  pages: { "/": { bytes: 10, words }, "/about": { bytes: 20, words } },
  contacts: {
    emails: ["info@a.example"],
    phones: ["12015550123"],
    socials: ["https://www.facebook.com/a/"],
  },
};
const read = (change: Partial<SiteRead>) =>
  differencesOf({ "a.example": { ...site, ...change } }, { "a.example": site });

test("spelling and further digits are no difference, nor is what somebody does not look for", () => {
  const contacts = {
    emails: ["Info@a.example"],
    phones: ["2015550123", "20262027"],
    socials: ["http://facebook.com/a"],
  };
  expect(read({ contacts })).toEqual([]);
  expect(read({ pages: { "/": { bytes: 10 }, "/about": { bytes: 20 } } })).toEqual([]);
});

test("a page, a byte or a fact that is missing is told, and one that is too many", () => {
  expect(differencesOf({}, { "a.example": site })).toEqual(["a.example was not read"]);
  expect(read({ pages: { "/": { bytes: 11, words } } })).toEqual([
    "a.example/ has 11 bytes, not 10",
    "a.example/about was not read",
  ]);
  expect(read({ pages: { ...site.pages, "/cart": { bytes: 1 } } })).toEqual([
    "a.example/cart was read by one alone",
  ]);
  const about = { bytes: 20, words: { ...words, title: "" } };
  expect(read({ pages: { ...site.pages, "/about": about } })).toEqual([
    'a.example/about title: "", not "Home"',
  ]);
  expect(read({ contacts: { emails: ["b@a.example"], phones: [], socials: [] } })).toEqual([
    "a.example lacks the emails info@a.example",
    "a.example has more emails: b@a.example",
    "a.example lacks the phones 015550123",
    "a.example lacks the socials facebook.com/a",
  ]);
});

test("of a contender that reads nothing ten differences are told", () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`${at}.example`, site]));
  expect(differencesOf({}, many)).toHaveLength(11);
});
