import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import {
  catalogue,
  generateSites,
  type SiteAllowList,
  SITES_PROGRAM,
  startSites,
} from "../src/sites/index.ts";

const folder = mkdtempSync(join(tmpdir(), "scrapersky-sites-"));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});
afterAll(() => rmSync(folder, { recursive: true }));

const ask = (place: string, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    request(`http://${place}/`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });

describe("the catalogue", () => {
  test("every name is reserved for documentation and used once", () => {
    const names = catalogue().flatMap((site) => (site.hosts.length > 0 ? site.hosts : [site.name]));
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !name.endsWith(".example"))).toEqual([]);
    expect(catalogue().filter((site) => site.presentable).length).toBeGreaterThanOrEqual(24);
  });

  test("answers by name, counts requests, refuses what it does not know", async () => {
    const started = await startSites({ https: false });
    const place = started.allow.hosts["bella-napoli.example"]?.http ?? "";
    expect(await ask(place, "bella-napoli.example")).toBe(200);
    expect(await ask(place, "www.riverstone-law.example")).toBe(301);
    expect(await ask(place, "unknown.example")).toBe(421);
    expect(started.requests("bella-napoli.example")).toBe(1);
    expect(started.allow.hosts["bella-napoli.example"]?.https).not.toContain(place);
    await started.close();
    await expect(ask(place, "bella-napoli.example")).rejects.toThrow(/ECONNREFUSED|socket hang up/);
  });
});

describe("generated sites", () => {
  const bodies = (seed: number) =>
    generateSites({ count: 24, pages: 6, seed }).flatMap((site) =>
      ["/", "/about", "/services", "/contact", "/privacy", "/article-5"].map((path) => {
        const { body } = site.answer({
          host: site.name,
          path,
          secure: false,
          count: 0,
          headers: {},
        });
        return gunzipSync(body as Uint8Array).toString();
      }),
    );

  test("are the same for the same seed, and others for another", () => {
    expect(bodies(5)).toEqual(bodies(5));
    expect(bodies(5)[0]).not.toBe(bodies(6)[0]);
  });

  test("have pages of real weight", () => {
    const sizes = bodies(1).map((body) => body.length);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean).toBeGreaterThan(45_000);
    expect(mean).toBeLessThan(55_000);
    expect(Math.min(...sizes)).toBeGreaterThan(28_000);
    expect(Math.max(...sizes)).toBeLessThan(68_000);
  });
});

describe("the sites as a process", () => {
  const ready = async (child: ChildProcess, file: string): Promise<SiteAllowList> => {
    children.push(child);
    const [line] = await once(
      createInterface({ input: child.stdout as NodeJS.ReadableStream }),
      "line",
    );
    expect(JSON.parse(String(line))).toMatchObject({ ready: true, allowFile: file });
    return JSON.parse(readFileSync(file, "utf8")) as SiteAllowList;
  };
  const args = (file: string) => ["--allow-file", file, "--generate", "3"];

  test("writes the allow-list, serves, and ends on SIGTERM", async () => {
    const file = join(folder, "term.json");
    const child = spawn(process.execPath, [SITES_PROGRAM, ...args(file)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const allow = await ready(child, file);
    expect(Object.keys(allow.hosts).toSorted()).toEqual([
      "all.bench.example",
      ...["1", "2", "3"].map((number) => `site-000${number}.bench.example`),
      ...["1", "2", "3"].map((number) => `www.site-000${number}.bench.example`),
    ]);
    expect(
      await ask(allow.hosts["site-0001.bench.example"]?.http ?? "", "site-0001.bench.example"),
    ).toBe(200);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("ends with its parent's channel", async () => {
    const file = join(folder, "ipc.json");
    const child = fork(SITES_PROGRAM, args(file), { silent: true });
    await ready(child, file);
    child.disconnect();
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  test("ends with its input", async () => {
    const file = join(folder, "input.json");
    const child = spawn(process.execPath, [SITES_PROGRAM, ...args(file)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    await ready(child, file);
    child.stdin?.end();
    expect(await once(child, "exit")).toEqual([0, null]);
  });
});
