import { buffer } from "node:stream/consumers";
import {
  brotliCompressSync,
  constants,
  createZstdCompress,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unpack, type UnpackOptions } from "../src/fetch/decode.ts";
import { done, siteOf, visitSite } from "./visit-site.ts";

const PAGE =
  "<!doctype html><html><head><title>Laden</title></head><body><p>Brot.</p></body></html>";
/** Long and not repeated, so that half of it packed is half of it unpacked. */
const LONG = `<title>Laden</title>${Array.from({ length: 20_000 }, (_, index) => `<p>${Math.imul(index, 2_654_435_761).toString(36)}</p>`).join("")}`;

const titleOf = async (body: Uint8Array | string, encoding?: string) => {
  const headers = {
    "content-type": "text/html",
    ...(encoding !== undefined && { "content-encoding": encoding }),
  };
  const { outcome } = await visitSite(siteOf({ "/": { headers, body } }));
  if (outcome.kind !== "done")
    return { kind: outcome.kind, code: "code" in outcome && outcome.code };
  return { title: outcome.site.title, flags: outcome.flags };
};
const WHOLE = { title: "Laden", flags: [] };
const CUT = { title: "Laden", flags: ["truncated"] };
const UNREADABLE = { kind: "failed", code: "bad_encoding" };

describe("a body is read by its bytes where they say otherwise than its name", () => {
  const junk = Buffer.from("<!-- cached by the proxy -->");
  test.for<[string, Uint8Array | string, string | undefined]>([
    ["gzip that is plain", PAGE, "gzip"],
    ["gzip that is plain after blank lines", `\n\n \t${PAGE}`, "gzip"],
    ["gzip that is plain after a BOM", `\uFEFF${PAGE}`, "gzip"],
    ["gzip that is plain after a warning", `Notice: undefined index\n${PAGE}`, "gzip"],
    ["br that is plain", PAGE, "br"],
    ["zstd that is plain", PAGE, "zstd"],
    ["deflate that is plain", PAGE, "deflate"],
    ["gzip named twice, packed once", gzipSync(PAGE), "gzip, gzip"],
    ["gzip packed twice", gzipSync(gzipSync(PAGE)), "gzip, gzip"],
    ["br in gzip", gzipSync(brotliCompressSync(PAGE)), "br, gzip"],
    ["gzip packed twice, named once", gzipSync(gzipSync(PAGE)), "gzip"],
    ["gzip in br, named br", brotliCompressSync(gzipSync(PAGE)), "br"],
    ["gzip with a weight", gzipSync(PAGE), "gzip;q=1.0"],
    ["gzip named nothing", gzipSync(PAGE), undefined],
    ["gzip named identity", gzipSync(PAGE), "identity"],
    ["gzip named br", gzipSync(PAGE), "br"],
    ["gzip named deflate", gzipSync(PAGE), "deflate"],
    ["zstd named gzip", zstdCompressSync(PAGE), "gzip"],
    ["deflate with its head", deflateSync(PAGE), "deflate"],
    ["deflate without its head", deflateRawSync(PAGE), "deflate"],
    ["zstd", zstdCompressSync(PAGE), "zstd"],
    ["an encoding in upper case", gzipSync(PAGE), "GZIP"],
    ["an encoding in quotes", gzipSync(PAGE), '"gzip"'],
    ["none", PAGE, "none"],
    ["a charset", PAGE, "utf-8"],
    ["a charset in upper case", PAGE, "UTF-8"],
    ["a charset with a coding", gzipSync(PAGE), "gzip, utf-8"],
    ["a transfer", PAGE, "chunked"],
    ["8bit", PAGE, "8bit"],
    ["a coding nobody has", PAGE, "x-turbo"],
    ["gzip and bytes after it", Buffer.concat([gzipSync(PAGE), junk]), "gzip"],
    ["gzip after line breaks", Buffer.concat([Buffer.from("\r\n\n"), gzipSync(PAGE)]), "gzip"],
    ["gzip and zeros after it", Buffer.concat([gzipSync(PAGE), Buffer.alloc(30)]), "gzip"],
    [
      "two members of gzip",
      Buffer.concat([gzipSync(PAGE.slice(0, 40)), gzipSync(PAGE.slice(40))]),
      "gzip",
    ],
    [
      "two members and bytes after them",
      Buffer.concat([gzipSync(PAGE.slice(0, 40)), gzipSync(PAGE.slice(40)), junk]),
      "gzip",
    ],
    ["br and bytes after it", Buffer.concat([brotliCompressSync(PAGE), junk]), "br"],
    ["a false check sum", withFlipped(gzipSync(PAGE), -6), "gzip"],
    ["a false length", withFlipped(gzipSync(PAGE), -2), "gzip"],
    ["a false check sum of deflate", withFlipped(deflateSync(PAGE), -2), "deflate"],
  ])("%s", async ([, body, encoding]) => expect(await titleOf(body, encoding)).toEqual(WHOLE));
});

function withFlipped(packed: Buffer, at: number): Buffer {
  const copy = Buffer.from(packed);
  copy[copy.length + at] = (copy.at(at) ?? 0) ^ 0xff;
  return copy;
}

describe("a body that breaks gives what came before, and says so", () => {
  const half = (packed: Buffer) => packed.subarray(0, packed.length / 2);
  const noise = Buffer.from(
    Array.from({ length: 9_000 }, (_, index) => (index * index * 151) % 251),
  );
  const damaged = (packed: Buffer) => Buffer.concat([half(packed), noise]);
  test.for<[string, Uint8Array, string]>([
    ["half of gzip", half(gzipSync(LONG)), "gzip"],
    ["half of br", half(brotliCompressSync(LONG)), "br"],
    ["half of zstd", half(zstdCompressSync(LONG)), "zstd"],
    ["half of deflate", half(deflateSync(LONG)), "deflate"],
    ["half of raw deflate", half(deflateRawSync(LONG)), "deflate"],
    ["gzip without its trailer", gzipSync(LONG).subarray(0, -8), "gzip"],
    ["damaged gzip", damaged(gzipSync(LONG)), "gzip"],
    ["damaged deflate", damaged(deflateSync(LONG)), "deflate"],
    ["half of gzip named nothing", half(gzipSync(LONG)), "identity"],
    ["half of gzip in gzip", gzipSync(half(gzipSync(LONG))), "gzip, gzip"],
  ])("%s", async ([, body, encoding]) => expect(await titleOf(body, encoding)).toEqual(CUT));

  test.for<[string, Uint8Array | string, string]>([
    ["a few bytes of gzip", gzipSync("x".repeat(9_000)).subarray(0, 30), "gzip"],
    ["a head of gzip alone", gzipSync(PAGE).subarray(0, 10), "gzip"],
    ["noise", Buffer.from(Array.from({ length: 400 }, (_, index) => (index * 151) % 256)), "br"],
    ["three layers", gzipSync(gzipSync(gzipSync(PAGE))), "gzip, gzip, gzip"],
  ])("%s is nothing", async ([, body, encoding]) =>
    expect(await titleOf(body, encoding)).toEqual(UNREADABLE),
  );
});

describe("unpacking is bounded", () => {
  const options = (holds: UnpackOptions["holds"]): UnpackOptions => ({
    bodyBytesMax: 100_000,
    partial: false,
    holds,
  });
  const bomb = Buffer.alloc(10_000_000, "<p> ");
  test.for<[string, Buffer, string]>([
    ["gzip", gzipSync(bomb), "gzip"],
    ["gzip that is broken", gzipSync(bomb).subarray(0, -20), "gzip"],
    ["gzip in gzip", gzipSync(gzipSync(bomb)), "gzip, gzip"],
    ["gzip named nothing", gzipSync(bomb), ""],
    ["br", brotliCompressSync(bomb), "br"],
    ["br that is broken", brotliCompressSync(bomb).subarray(0, -3), "br"],
    ["zstd", zstdCompressSync(bomb), "zstd"],
    ["deflate", deflateSync(bomb), "deflate"],
  ])("a bomb of %s: refused as a page, cut as a text", async ([, body, encoding]) => {
    expect(await unpack(body, encoding, options("page"))).toMatchObject({ code: "too_large" });
    const text = await unpack(body, encoding, options("text"));
    expect(text).toMatchObject({ ok: true, cut: true });
    expect(text.ok && text.body.length).toBe(100_000);
  });

  test("a window larger than everybody has memory for is refused", async () => {
    const stream = createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: 27 } });
    stream.end(`<title>x</title>${LONG.repeat(20)}`);
    expect(await unpack(await buffer(stream), "zstd", options("page"))).toMatchObject({
      code: "bad_encoding",
    });
  });

  test("many members come out as one body, within the bound", async () => {
    const members = Buffer.concat(Array.from({ length: 500 }, () => gzipSync("<p>".repeat(1_000))));
    const text = await unpack(members, "gzip", options("text"));
    expect(text.ok && text.body.length).toBe(100_000);
  });
});

test("packed text comes back whatever is cut off or put behind it, never more than was there", async () => {
  const pack = fc.constantFrom<[string, (text: string) => Buffer]>(
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
  );
  await fc.assert(
    fc.asyncProperty(
      pack,
      fc.nat(1_000),
      fc.nat(100),
      fc.uint8Array({ maxLength: 20 }),
      async ([encoding, packer], words, kept, tail) => {
        const text = `<title>x</title>${Array.from({ length: words }, (_, index) => index * 7).join(" ")}`;
        const packed = packer(text);
        const cut = Buffer.concat([packed.subarray(0, (packed.length * kept) / 100), tail]);
        const options = { bodyBytesMax: 50_000, partial: false, holds: "page" } as const;
        const result = await unpack(cut, encoding, options);
        if (result.ok && kept === 100) expect(result.body.toString()).toBe(text);
        else expect(typeof result.ok).toBe("boolean");
      },
    ),
    { numRuns: 300 },
  );
});

test("a page whose length lies is what came, read once", async () => {
  const site = siteOf(({ path }) =>
    path === "/"
      ? { raw: `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n${PAGE}` }
      : { status: 404 },
  );
  const { outcome, asked } = await visitSite(site, { maxPages: 1 });
  expect(done(outcome)).toMatchObject({ flags: ["truncated"], site: { title: "Laden" } });
  expect(asked.filter((address) => address.endsWith(".example/"))).toHaveLength(1);
});

describe("a page that breaks off in the middle", () => {
  const broken = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\n\r\n";
  test("is asked for once more, and the longer part of it is read", async () => {
    let times = 0;
    const site = siteOf(({ path }) =>
      path === "/"
        ? {
            raw: `${broken}<title>${++times === 1 ? "First" : "Second"}</title>${"<p>x".repeat(times)}`,
          }
        : { status: 404 },
    );
    const { outcome } = await visitSite(site, { maxPages: 1 });
    expect(done(outcome)).toMatchObject({ flags: ["truncated"], site: { title: "Second" } });
    expect(times).toBe(2);
  });

  test("and comes whole the second time, is whole", async () => {
    let times = 0;
    const site = siteOf(({ path }) => {
      if (path !== "/") return { status: 404 };
      return ++times === 1
        ? { raw: `${broken}<title>Half` }
        : { headers: { "content-type": "text/html" }, body: PAGE };
    });
    expect(done((await visitSite(site, { maxPages: 1 })).outcome)).toMatchObject({
      flags: [],
      site: { title: "Laden" },
    });
  });

  test("before it began, is no answer", async () => {
    const site = siteOf(({ path }) => (path === "/" ? { raw: broken } : { status: 404 }));
    expect((await visitSite(site)).outcome).toMatchObject({ kind: "retry", code: "conn_reset" });
  });
});
