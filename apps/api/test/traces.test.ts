// One trace from a call to what a worker does for it, as api, worker and a collector are run.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@scrapersky/client";
import { type SentSpan, startCollector } from "@scrapersky/testing/collector";
import { startSites } from "@scrapersky/testing/sites";
import { afterAll, expect, test } from "vitest";
import { OWNER, startStack, WEBHOOKS_KEY } from "./stack.ts";

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

const numberOf = ({ attributes }: SentSpan, name: string): number => {
  const found = attributes.find(({ key }) => key === name);
  return Number((found?.value as { intValue?: number } | undefined)?.intValue);
};

function start(
  app: "api" | "worker",
  env: NodeJS.ProcessEnv,
): { child: ChildProcess; said(): string } {
  const child = spawn(process.execPath, [join(import.meta.dirname, `../../${app}/dist/main.js`)], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", OTEL_BSP_SCHEDULE_DELAY: "100", ...env },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  const ended = once(child, "close");
  ends.push(() => {
    child.kill("SIGKILL");
    return ended;
  });
  return { child, said: () => text };
}

test("a call, its procedure, its SQL, the claim, the visits with their requests, the worker's SQL and the webhook have the trace of whoever called", async () => {
  const stack = await startStack();
  ends.push(() => stack.close());
  const sites = await startSites();
  ends.push(() => sites.close());
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-traces-"));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const sitesFile = join(folder, "sites.json");
  sites.writeAllowFile(sitesFile);
  const collector = await startCollector();
  ends.push(collector.close);
  const receiver = createServer((_request, response) => void response.writeHead(204).end());
  await once(receiver.listen(0, "127.0.0.1"), "listening");
  ends.push(() => receiver.close());
  const { hosts } = JSON.parse(await readFile(sitesFile, "utf8")) as { hosts: object };
  const hook = { http: `127.0.0.1:${(receiver.address() as AddressInfo).port}` };
  await writeFile(sitesFile, JSON.stringify({ hosts: { ...hosts, "hook.example": hook } }));
  const common = {
    DATABASE_URL: stack.databaseUrl,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    WEBHOOKS_KEY,
  };
  const api = start("api", {
    ...common,
    API_PORT: "0",
    AUTH_SECRET: "a secret of forty characters for the test",
  });
  const { said } = start("worker", {
    ...common,
    SCRAPER_SITES_FILE: sitesFile,
    SCRAPER_DELAY_MS: "0",
  });
  await expect.poll(api.said).toContain("api listening");

  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const caller = "b7ad6b7169203331";
  const client = createClient({
    url: `http://127.0.0.1:${/"port":(\d+)/.exec(api.said())?.[1]}`,
    apiKey: stack.user(OWNER).apiKey,
    fetch: (address, init) => {
      const headers = new Headers(init?.headers);
      headers.set("traceparent", `00-${traceId}-${caller}-01`);
      return fetch(address, { ...init, headers });
    },
  });
  await stack.post(
    "/api/v3/webhooks",
    { url: "http://hook.example/in", events: ["batch.finished"] },
    OWNER,
  );
  const domains = sites.sites.filter(({ presentable }) => presentable).map(({ name }) => name);
  const { batchId } = await client.batches.create.mutate({ domains: domains.slice(0, 2) });

  const ofTrace = () => collector.spans.filter((span) => span.traceId === traceId);
  const named = (service: string, name: string) =>
    ofTrace().filter((span) => span.service === service && span.name === name);
  await expect.poll(() => named("scrapersky-worker", "visit").length, { message: said() }).toBe(2);
  await expect.poll(() => named("scrapersky-worker", "transaction").length).toBeGreaterThan(0);

  // It ends behind the message that it sends.
  await expect.poll(() => named("scrapersky-worker", "deliver").length).toBe(1);

  const [request] = named("scrapersky-api", "POST /api/trpc/*");
  const [procedure] = named("scrapersky-api", "batches.create");
  expect(request?.parentSpanId).toBe(caller);
  expect(procedure?.parentSpanId).toBe(request?.spanId);
  const below = (parent: SentSpan | undefined) =>
    ofTrace().filter(({ parentSpanId }) => parentSpanId === parent?.spanId);
  expect(below(procedure).map(({ name }) => name)).toEqual(
    expect.arrayContaining(["transaction", "INSERT", "claim", "visit", "record", "deliver"]),
  );
  const recorded = named("scrapersky-worker", "record").flatMap(below);
  expect(recorded.map(({ name }) => name)).toEqual(expect.arrayContaining(["transaction"]));
  expect(recorded.length).toBeGreaterThan(2);

  for (const visit of named("scrapersky-worker", "visit")) {
    const requests = below(visit).filter(({ name }) => name === "request");
    expect(requests.length).toBe(numberOf(visit, "scrapersky.requests"));
  }
  const delivered = named("scrapersky-worker", "deliver").flatMap(below);
  expect(delivered.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["webhook", "transaction"]),
  );

  // Whose sites, which batch's rows, which SQL: a collector is somebody else's program.
  const told = JSON.stringify(collector.spans);
  for (const domain of domains) expect(told).not.toContain(domain);
  expect(told).not.toMatch(/insert into|127\.0\.0\.1|hook\.example/);
  expect(told).toContain(batchId);
  // What nobody asked for is no trace of its own: a worker looks into its queue all day.
  expect(new Set(collector.spans.map((span) => span.traceId)).size).toBe(1);
});
