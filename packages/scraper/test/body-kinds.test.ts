import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { isPage } from "../src/fetch/sniff.ts";
import { page, siteOf, visitSite } from "./visit-site.ts";

const HTML = "<html><title>Laden</title><p>Brot.</p></html>";
const outcomeOf = async (...input: Parameters<typeof visitSite>) =>
  (await visitSite(...input)).outcome;

describe("kinds of bodies", () => {
  const of = (type: string | undefined, body: string | Buffer) =>
    isPage(type === undefined ? {} : { "content-type": type }, Buffer.from(body));

  test.for([
    "html",
    "text",
    "text/html",
    "TEXT/HTML; charset=utf-8",
    "text/html charset=utf-8",
    "text/html,text/html",
    '"text/html"',
    " text/html",
    "text/htm",
    "text / html",
    "html/text",
    "application/html",
    "content-type: text/html; charset=utf-8",
    "application/xhtml+xml",
    "application/octet-stream",
    "text/plain",
    "text/xml",
    "*/*",
    "unknown/unknown",
    "application/unknown",
    "httpd/unix-directory",
    "application/x-httpd-php",
    "none",
    "; charset=utf-8",
    "charset=utf-8",
    "",
  ])("%j may be a page", (type) => expect(of(type, HTML)).toBe(true));

  test.for([
    "application/json",
    "image/png",
    "application/pdf",
    "text/css",
    "text/javascript",
    "application/rss+xml",
    "text/html+json",
    "video/mp4",
    "application/x-httpd-php+x",
    "font/woff2",
  ])("%j is none", (type) => expect(of(type, HTML)).toBe(false));

  test("blanks, a BOM and comments come before pages", () => {
    const start = `\uFEFF${" \n".repeat(600)}<!-- made by hand --><html>`;
    expect(of("text/plain", start)).toBe(true);
    expect(of(undefined, start)).toBe(true);
    expect(of("text/plain", Buffer.from("<html>", "utf16le"))).toBe(true);
  });

  test.for([
    '{"a":1}',
    ' \n[{"id":1}]',
    "[]",
    "{}",
    '["a"]',
    "[1,2]",
    "\uFEFF{}",
    '{"html":"<p>x</p>"}',
    '{"broken":',
    "[{",
    "%PDF-1.7",
    "\x89PNG\r\n",
    "PK\x03\x04",
    "GIF89a",
  ])("%j is no page whatever it is called", (body) =>
    expect(of("text/html", Buffer.from(body, body.startsWith("\uFEFF") ? "utf8" : "latin1"))).toBe(
      false,
    ),
  );

  test.for([
    "Hello",
    "{{title}}<p>a template nobody filled</p>",
    "[gallery]<h1>x</h1>",
    "[1] See <p>footnotes</p>",
    "{ <p>x",
  ])("%j called HTML is a page", (body) => expect(of("text/html", body)).toBe(true));

  test("JSON as the home page is said to be no page", async () => {
    const site = siteOf({ "/": page('{"error":"not found"}') });
    expect(await outcomeOf(site)).toMatchObject({ kind: "failed", code: "not_html" });
  });

  test.for([
    '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>',
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>",
    "<svg><title>x</title></svg>",
    "<s:Envelope><title>x</title></s:Envelope>",
  ])("%j as XML is none", (body) => expect(of("text/xml", body)).toBe(false));

  test("XHTML as XML is one", () => {
    expect(
      of("text/xml", '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'),
    ).toBe(true);
  });

  test("packed files are no pages", async () => {
    const site = siteOf({
      "/": {
        headers: { "content-type": "application/octet-stream" },
        body: gzipSync("a,b,c\n1,2,3\n"),
      },
    });
    expect(await outcomeOf(site)).toMatchObject({ kind: "failed", code: "not_html" });
  });
});
