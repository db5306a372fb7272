import { gzipSync } from "node:zlib";
import { notFound, redirect, type Site } from "../site.ts";
import { simple, troubled } from "./trouble.ts";

let packed: Uint8Array | undefined;
/** 60 MB in 60 kB. Packing them takes a quarter of a second, so that is done once, and only when somebody asks. */
const bomb = (): Uint8Array => (packed ??= gzipSync(Buffer.alloc(60_000_000, 0x61)));

/** Sites only tests visit: hostile, or slow to end by nature. */
export const hostileSites = (): Site[] => [
  troubled({
    name: "door-to-metadata.example",
    presentable: false,
    answer: () => redirect("http://169.254.169.254/latest/meta-data/"),
    expect: { outcome: "failed", code: "blocked_address" },
  }),
  troubled({
    name: "door-to-files.example",
    presentable: false,
    answer: () => redirect("file:///etc/passwd"),
    expect: { outcome: "failed", code: "blocked_scheme" },
  }),
  troubled({
    name: "zip-bomb.example",
    presentable: false,
    answer: () => ({
      headers: { "content-type": "text/html", "content-encoding": "gzip" },
      body: bomb(),
    }),
    expect: { outcome: "failed", code: "too_large" },
  }),
  troubled({
    name: "false-gzip.example",
    presentable: false,
    answer: () => ({
      headers: { "content-type": "text/html", "content-encoding": "gzip" },
      body: "<title>Plain after all</title><p>Hello there</p>",
    }),
    expect: { outcome: "done", pages: 1, site: { title: "Plain after all" } },
  }),
  troubled({
    name: "double-gzip.example",
    presentable: false,
    answer: () => ({
      headers: { "content-type": "text/html", "content-encoding": "gzip, gzip" },
      body: gzipSync(gzipSync("<title>Packed twice</title>")),
    }),
    expect: { outcome: "done", pages: 1, site: { title: "Packed twice" } },
  }),
  troubled({
    name: "triple-gzip.example",
    presentable: false,
    answer: () => ({
      headers: { "content-type": "text/html", "content-encoding": "gzip, gzip, gzip" },
      body: gzipSync(gzipSync(gzipSync("<title>x</title>"))),
    }),
    expect: { outcome: "failed", code: "bad_encoding" },
  }),
  troubled({
    name: "loose-headers.example",
    presentable: false,
    answer: () => ({
      raw: "HTTP/1.1 200 OK\nContent-Type: text/html\nConnection: close\n\n<title>Loose headers</title><p>Still readable</p>",
    }),
    expect: { outcome: "done", pages: 1, site: { title: "Loose headers" } },
  }),
  troubled({
    name: "not-http.example",
    presentable: false,
    answer: () => ({ raw: "220 smtp.example ESMTP ready\r\n" }),
    expect: { outcome: "failed", code: "bad_http" },
  }),
  troubled({
    name: "hang-up.example",
    presentable: false,
    answer: () => ({ reset: true }),
    expect: { outcome: "retry", code: "conn_reset" },
  }),
  troubled({
    name: "slow-drip.example",
    presentable: false,
    answer: ({ path }) =>
      path === "/robots.txt"
        ? notFound()
        : {
            headers: { "content-type": "text/html" },
            body: "<title>Drip</title>",
            drip: { piece: "<p>.</p>", everyMs: 50, endless: true },
          },
    expect: { outcome: "retry", code: "timeout" },
  }),
  troubled({
    name: "come-back-later.example",
    presentable: false,
    answer: () => ({
      status: 429,
      headers: { "retry-after": "3600", "content-type": "text/plain" },
      body: "Later",
    }),
    expect: { outcome: "retry", code: "rate_limited" },
  }),
  troubled({
    name: "self-signed-only.example",
    presentable: false,
    schemes: ["https"],
    certificate: "self-signed",
    answer: () => simple("x", "x"),
    expect: { outcome: "failed", code: "tls_error" },
  }),
  troubled({
    name: "cookie-door.example",
    presentable: false,
    answer: ({ path, headers }) =>
      path !== "/"
        ? notFound()
        : String(headers["cookie"] ?? "").includes("seen=1")
          ? simple("Behind the cookie", "<p>Welcome in</p>")
          : { status: 302, headers: { location: "/", "set-cookie": "seen=1; Path=/" } },
    expect: { outcome: "done", pages: 1, site: { title: "Behind the cookie" } },
  }),
];
