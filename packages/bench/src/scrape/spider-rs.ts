/**
 * Contender: `@spider-rs/spider-rs`, a crawler in Rust. It fetches, unpacks and follows links, and takes no facts. It makes a client
 * for each site, which costs ten milliseconds, so it is given all pages as those of one.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { contend, type Contender, placeOf } from "./contender.ts";

/** What is used of the package. */
interface Page {
  url: string;
  statusCode: number;
  rawContent?: Buffer;
}
interface Website {
  withProxies(proxies: string[]): Website;
  withRespectRobotsTxt(respect: boolean): Website;
  withBlacklistUrl(patterns: string[]): Website;
  build(): Website;
  crawl(onPage: (error: unknown, page: Page) => void): Promise<void>;
}

/** Pages are told of later than a crawl ends; one that is not told of within so long will not be. */
const TOLD_MS = 5_000;
const ALL = "all.bench.example";
const PAGE = /^\/([^/]+)(\/.*)$/;

const folderOf = (name: string): string => name.slice(0, name.indexOf("."));

const contender: Contender = async (names, course, sink) => {
  const { packages = "" } = course;
  const { Website } = createRequire(join(packages, "package.json"))("@spider-rs/spider-rs") as {
    Website: new (url: string, raw: boolean) => Website;
  };
  const { host, port } = placeOf(course, ALL);
  const byFolder = new Map(names.map((name) => [folderOf(name), name]));
  const wanted = names.length * course.pages;
  const first = names === course.names ? course.warmup.length : 0;
  // the name exists nowhere, so whoever serves it is told of as a proxy
  const site = new Website(`http://${ALL}/list/${first}-${first + names.length}`, true)
    .withProxies([`http://${host}:${port}`])
    .withRespectRobotsTxt(false)
    .withBlacklistUrl([String.raw`\?`])
    .build();
  const told = new Set<string>();
  const { promise: all, resolve } = Promise.withResolvers<void>();
  await site.crawl((error, { url, statusCode, rawContent }) => {
    const [, folder = "", path = ""] = PAGE.exec(new URL(url).pathname) ?? [];
    const name = byFolder.get(folder);
    if (name === undefined) return;
    if (error || statusCode !== 200) throw new Error(`${url}: ${String(error ?? statusCode)}`);
    if (told.has(url)) return;
    told.add(url);
    sink.page(name, path, { bytes: rawContent?.length ?? 0 });
    if (told.size === wanted) resolve();
  });
  const timer = setTimeout(resolve, TOLD_MS);
  await all;
  clearTimeout(timer);
};

await contend(contender);
