// A page of another origin: the client from the tarball, bundled for browsers, with a key and no other way in.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findBrowser, launch } from "@scrapersky/testing/browser";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerWaitingJobs } from "./answered-batch.ts";
import { OWNER, type Stack, startStack, WEB_URL } from "./stack.ts";

const PROGRAM = `
import { createClient, exportTo, isNotFound, pages, sync, watchBatch } from "@scrapersky/client";

let client;
let batchId;
window.begin = async (url, apiKey) => {
  client = createClient({ url, apiKey });
  ({ batchId } = await client.batches.create.mutate({ rows: [["Customer", "Website"], ["17", "example.com"]] }));
  const told = watchBatch(client, batchId);
  window.first = (await told.next()).value.status;
  window.rest = (async () => {
    let last;
    for await (const { status, progress } of told) last = { status, progress };
    return last;
  })();
  return window.first;
};
window.finish = async () => {
  const last = await window.rest;
  const jobs = [];
  for await (const page of pages(client.jobs.list, { batchId, limit: 1 })) jobs.push(...page.map(({ domain }) => domain));
  const leads = [];
  let cursor;
  for await (const part of sync(client)) {
    leads.push(...part.leads.map(({ domain }) => domain));
    cursor = part.cursor;
  }
  let news = 0;
  for await (const part of sync(client, { cursor })) news += part.leads.length + part.gone.length;
  let text = "";
  const decoder = new TextDecoder();
  const sink = new WritableStream({ write: (bytes) => void (text += decoder.decode(bytes, { stream: true })) });
  const list = \`batches/\${batchId}/list\`;
  const { fileName } = await exportTo(client, { list, format: "csv" }, sink);
  const missing = await client.batches.byId.query({ batchId: "none" }).catch(isNotFound);
  return { last, jobs, leads, news, hasCustomer: text.includes("17"), isNamed: fileName !== null, missing };
};
`;

const found = await findBrowser();
if ("missing" in found && process.env["CI"] === "true") throw new Error(found.missing);

let stack: Stack;
let folder: string;
let pages: Server;
beforeAll(async () => {
  stack = await startStack();
  folder = await mkdtemp(join(tmpdir(), "scrapersky-foreign-"));
  const tarball = join(import.meta.dirname, "../dist/client.tgz");
  await promisify(execFile)("tar", ["xzf", tarball, "-C", folder]);
  const { outputFiles } = await build({
    stdin: { contents: PROGRAM, resolveDir: folder },
    alias: { "@scrapersky/client": join(folder, "package/dist/index.js") },
    // What it depends on, as a registry would give it.
    nodePaths: [join(import.meta.dirname, "../../../packages/client/node_modules")],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    logLevel: "silent",
  });
  const script = outputFiles[0]!.text;
  pages = createServer(({ url }, answer) => {
    const isScript = url === "/program.js";
    answer.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    answer.end(isScript ? script : '<!doctype html><script src="/program.js"></script>');
  });
  pages.listen(0, "127.0.0.1");
  await once(pages, "listening");
});
afterAll(async () => {
  pages.close();
  await stack.close();
  await rm(folder, { recursive: true });
});

test.skipIf("missing" in found)(
  "a page of another origin works with a key, and gets nothing by the cookie of who is signed in",
  async () => {
    const browser = await launch(found as Exclude<typeof found, { missing: string }>);
    try {
      const context = await browser.newContext();
      const { email, password, apiKey } = stack.user(OWNER);
      const entered = await context.request.post(`${stack.url}/api/auth/sign-in/email`, {
        data: { email, password },
        headers: { origin: WEB_URL },
      });
      expect(entered.status()).toBe(200);
      const page = await context.newPage();
      const addresses: string[] = [];
      page.on("request", (request) => addresses.push(request.url()));
      await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);

      const me = JSON.stringify(`${stack.url}/api/trpc/profiles.me`);
      const asked = (credentials: string): Promise<unknown> =>
        page.evaluate(
          `fetch(${me}, { credentials: "${credentials}" }).then(({ status }) => status, () => "kept")`,
        );
      expect([await asked("include"), await asked("omit")]).toEqual(["kept", 401]);

      const words = [stack.url, apiKey].map((word) => JSON.stringify(word)).join(", ");
      expect(await page.evaluate(`begin(${words})`)).toBe("pending");
      await answerWaitingJobs(stack);
      expect(await page.evaluate("finish()")).toEqual({
        last: { status: "complete", progress: 100 },
        jobs: ["example.com"],
        leads: ["example.com"],
        news: 0,
        hasCustomer: true,
        isNamed: true,
        missing: true,
      });
      expect(addresses.filter((address) => address.includes(apiKey))).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);
