import { EVIL_MAIL, repeatTo } from "@scrapersky/testing/sites";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptEmail } from "../src/extract/mail/accept.ts";
import { emailsInMarkup } from "../src/extract/mail/scripts.ts";
import { scriptStrings } from "../src/extract/mail/script-strings.ts";
import { readMailto } from "../src/extract/mail/targets.ts";
import {
  revealBase64,
  revealCloudflare,
  revealCryptX,
  turnToMailto,
} from "../src/extract/mail/uncloak.ts";
import { Budget } from "../src/extract/mail/find.ts";
import { read } from "./read.ts";

const HOST = "laden.de";

/** What pages are made of where addresses are, in any order. */
const PIECES =
  `@|info|laden|.de|.|(at)|[dot]| at | dot |&#64;|\u00ad|\u200b|büro|日本|＠|E-Mail: |Anna Muster|<b>|</b>|<a href='mailto:|'>|</a>|<span style='display:none'>|</span>|<bdo dir=rtl>|</bdo>|<br>|<script>|</script>|document.write(|'|"|+|)|var a=|.join(|[|]|\\x40|/*|{|}|<noscript>|\ud800`.split(
    "|",
  );
const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 6 }));
const page = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));

describe("whatever a page holds", () => {
  test("reading its addresses never throws, and each is one that is accepted as it is", () => {
    fc.assert(
      fc.property(page, (html) => {
        for (const { email, person, context } of read(html, `https://${HOST}/`).emails) {
          expect(acceptEmail(email, HOST)).toBe(email);
          expect(`${person?.name}${person?.title}${context}`.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });

  test("an address that stands by itself is found, between whatever else stands beside it", () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    fc.assert(
      fc.property(page, word, page, (before, local, behind) => {
        // ends what may be open: an attribute, a tag, an element
        const closed = `>x${"</span></bdo>".repeat(60)}</noscript></a>`;
        const html = `${before.replaceAll(/<script|[\ud800`*'"]|<noscript/g, "")}${closed}<p>x${local}.shop@laden.de</p>${behind}`;
        expect(read(html, `https://${HOST}/`).emails.map(({ email }) => email)).toContain(
          `x${local}.shop@laden.de`,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("no decoder and no reader of scripts throws", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      page,
      fc.base64String(),
      fc.stringMatching(/^[0-9a-f]*$/),
    );
    fc.assert(
      fc.property(text, (code) => {
        revealCloudflare(code);
        revealBase64(code);
        revealCryptX(code);
        turnToMailto(code);
        readMailto(code);
        scriptStrings(code);
        emailsInMarkup(code, HOST, new Budget(100));
      }),
      { numRuns: 600 },
    );
  });
});

describe("a megabyte of one thing is read to its end, and what is cut is told", () => {
  test.for(EVIL_MAIL)("%j", (piece) => {
    const { emails, capped } = read(repeatTo(piece, 1_000_000), `https://${HOST}/`);
    expect(emails.length).toBeLessThanOrEqual(4);
    expect(["", "emails"]).toContain(capped.join());
  });

  test("many addresses in each of the ways", () => {
    const many = (way: (index: number) => string) =>
      read(Array.from({ length: 5_000 }, (_, index) => way(index)).join(""), `https://${HOST}/`);
    const ways = [
      (index: number) => `<p>a${index}@laden.de</p>`,
      (index: number) => `<p>a${index} (at) laden.de</p>`,
      (index: number) => `<a href="mailto:a${index}@laden.de">x</a>`,
      (index: number) => `<noscript>a${index}@laden.de </noscript>`,
    ];
    for (const way of ways) {
      const { emails, capped } = many(way);
      expect(emails).toHaveLength(200);
      expect(capped).toContain("emails");
    }
  });
});
