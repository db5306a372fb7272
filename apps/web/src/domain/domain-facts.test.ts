import { expect, it } from "vitest";
import { mailLink, scanState, shownOf, siteUrlText } from "./domain-facts.ts";

it("tells a site that was never read from one whose last scan failed", () => {
  const time = "2026-11-21T12:00:00Z";
  expect(scanState({ lastError: null, lastSuccessfulScan: time })).toBe("ok");
  expect(scanState({ lastError: "It failed.", lastSuccessfulScan: time })).toBe("failed-once");
  expect(scanState({ lastError: "It failed.", lastSuccessfulScan: null })).toBe("never");
  expect(scanState({ lastError: null, lastSuccessfulScan: null })).toBe("never");
});

it("never passes the first rows off as all of them", () => {
  expect(shownOf(500, 1234, "address", "addresses")).toBe("first 500 of 1,234 addresses");
  expect(shownOf(500, 500, "address", "addresses")).toBe("500 addresses");
  expect(shownOf(1, 1, "page")).toBe("1 page");
});

it("shows an address with the site's name as people read it", () => {
  const site = { domain: "xn--bcher-kva.de", displayDomain: "bücher.de" };
  expect(siteUrlText("https://www.xn--bcher-kva.de/", site)).toBe("www.bücher.de");
  expect(siteUrlText("https://other.example/a", site)).toBe("other.example/a");
});

it("writes to the address alone, whatever is in it", () => {
  expect(mailLink("o'neil+news@acme.example")).toBe("mailto:o'neil%2Bnews@acme.example");
  expect(mailLink("a@b.example?cc=c@d.example&body=x")).toBe(
    "mailto:a@b.example%3Fcc%3Dc%40d.example%26body%3Dx",
  );
});
