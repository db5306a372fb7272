// A program of another repository: it installs the client that the api gives away, compiles strictly, and runs.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { createClient } from "@scrapersky/client";
import { generateSites, startSites } from "@scrapersky/testing/sites";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeProcedures } from "../src/reference/procedure-reference.ts";
import { OWNER, type Stack, startStack, WEBHOOKS_KEY } from "./stack.ts";

const run = promisify(execFile);
const built = join(import.meta.dirname, "../dist/client.tgz");
const tsc = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin/tsc",
);

const PROGRAM = `
import { createClient, exportTo, isNotFound, type Outputs, pages, watchBatch } from "@scrapersky/client";

const [url = "", apiKey = ""] = process.argv.slice(2);
const client = createClient({ url, apiKey });
const { batchId, jobCount }: Outputs["batches"]["create"] = await client.batches.create.mutate({
  rows: [["customer", "website"], ["17", "one.example"], ["18", "two.example"]],
  label: "from outside",
});
let status = "";
for await (const reading of watchBatch(client, batchId)) {
  status = reading.status;
  if (status === "pending") await client.batches.cancel.mutate({ batchId });
}
let rows = 0;
for await (const jobs of pages(client.jobs.list, { batchId, limit: 1 })) rows += jobs.length;
let text = "";
const decoder = new TextDecoder();
const sink = new WritableStream<Uint8Array>({ write: (part) => void (text += decoder.decode(part)) });
await exportTo(client, { list: \`batches/\${batchId}/list\`, format: "csv" }, sink);
const unknown = await client.batches.byId.query({ batchId: "no-such-batch" }).catch(isNotFound);
console.log(JSON.stringify({ jobCount, status, rows, unknown, columns: text.split("\\r\\n")[1]?.includes("17") }));
`;
/** What a service of the customer does: it has a key, submits its list, is told of the end by a webhook, and takes the leads. */
const SERVICE = `
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";
import { createClient, exportTo, watchBatch } from "@scrapersky/client";

const [url = "", apiKey = "", hook = "", sites = ""] = process.argv.slice(2);
const client = createClient({ url, apiKey });
let secret = "";
let heard: (message: unknown) => void;
const message = new Promise((resolve) => (heard = resolve));
const receiver = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += String(part);
  heard(new Webhook(secret).verify(body, request.headers as Record<string, string>));
  response.writeHead(204).end();
});
await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
({ secret } = await client.webhooks.create.mutate({ url: hook, events: ["batch.finished"] }));
console.log(JSON.stringify(receiver.address()));
const [one = "", two = ""] = sites.split(",");
const { batchId } = await client.batches.create.mutate({
  rows: [["Customer", "Website"], ["17", one], ["18", two], ["19", "none"]],
  maxPages: 2,
});
let last: unknown;
for await (const { status, counts } of watchBatch(client, batchId)) last = { status, complete: counts.complete };
const read = async (list: string, query: Record<string, string>): Promise<Record<string, unknown>[]> => {
  let text = "";
  const decoder = new TextDecoder();
  const sink = new WritableStream<Uint8Array>({ write: (part) => void (text += decoder.decode(part, { stream: true })) });
  await exportTo(client, { list, format: "ndjson", query }, sink);
  return text.trim().split("\\n").map((line) => JSON.parse(line) as Record<string, unknown>);
};
const leads = await read("leads", { batch_id: batchId });
const lines = await read(\`batches/\${batchId}/list\`, {});
console.log(JSON.stringify({
  batchId,
  last,
  message: await message,
  leads: leads.map(({ domain }) => domain).sort(),
  customers: lines.map(({ Customer }) => Customer),
}));
receiver.close();
`;
/** As much of the types of Node.js as the programs need: theirs are those of another repository. */
const NODE_TYPES = `
declare const process: { argv: string[] };
declare module "node:http" {
  interface Request extends AsyncIterable<unknown> { headers: object }
  interface Answer { writeHead(status: number): { end(): void } }
  export function createServer(answer: (request: Request, answer: Answer) => void): {
    listen(port: number, host: string, done: () => void): void;
    address(): unknown;
    close(): void;
  };
}
`;
const MISTAKE = `
import { createClient } from "@scrapersky/client";
await createClient({ url: "", apiKey: "" }).batches.create.mutate({ domains: 5 });
`;

let stack: Stack;
let folder: string;
beforeAll(async () => {
  stack = await startStack();
  folder = await mkdtemp(join(tmpdir(), "scrapersky-outside-"));
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await writeFile(join(folder, "program.ts"), PROGRAM);
  await writeFile(join(folder, "service.ts"), SERVICE);
  await writeFile(join(folder, "mistake.ts"), MISTAKE);
  const packed = await packDependencies(join(folder, "packed"));
  await run(
    "npm",
    [
      "install",
      "--offline",
      // tRPC names TypeScript as a peer: to pack it takes half a minute, and the compiler here is the same.
      "--legacy-peer-deps",
      "--cache",
      join(folder, ".npm"),
      "--no-audit",
      "--no-fund",
      built,
      ...packed,
    ],
    {
      cwd: folder,
    },
  );
});
afterAll(async () => {
  await stack.close();
  await rm(folder, { recursive: true });
});

/** What a registry would give with the client, packed from what is installed here: a test asks no registry. */
async function packDependencies(target: string): Promise<string[]> {
  await mkdir(target);
  const client = join(import.meta.dirname, "../../../packages/client/node_modules");
  const found = new Map<string, string>();
  const visit = async (name: string, modules: string): Promise<void> => {
    if (found.has(name)) return;
    const package_ = await realpath(join(modules, name));
    found.set(name, package_);
    const { dependencies = {} } = JSON.parse(
      await readFile(join(package_, "package.json"), "utf8"),
    ) as { dependencies?: Record<string, string> };
    const beside = package_.slice(0, -name.length - 1);
    for (const dependency of Object.keys(dependencies)) await visit(dependency, beside);
  };
  for (const name of ["@trpc/client", "@trpc/server", "eventsource"]) await visit(name, client);
  // What a receiver of webhooks installs beside it.
  await visit("standardwebhooks", join(import.meta.dirname, "../../worker/node_modules"));
  const where = ["--pack-destination", target];
  await run("npm", ["pack", "--ignore-scripts", ...where, ...found.values()], { cwd: target });
  return (await readdir(target)).map((file) => join(target, file));
}

const compile = (file: string, ...flags: string[]): Promise<unknown> =>
  run(
    process.execPath,
    [
      tsc,
      "--ignoreConfig",
      ..."--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess".split(" "),
      ..."--target es2022 --lib es2022,dom --types".split(" "),
      "",
      ...flags,
      file,
    ],
    { cwd: folder },
  ).catch((fault: { stdout: string }) => fault.stdout);

/** Each Node.js of this machine that the client promises to run on. */
async function findNodes(): Promise<string[]> {
  const found = new Map<string, string>();
  for (const place of (process.env.PATH ?? "").split(delimiter)) {
    const node = join(place, "node");
    const version = await run(node, ["--version"]).catch(() => undefined);
    const [, major] = /^v(\d+)/.exec(version?.stdout ?? "") ?? [];
    if (Number(major) >= 20 && !found.has(major!)) found.set(major!, node);
  }
  return [...found.values()];
}

test("a program outside compiles strictly and runs on every Node.js from 20 on that is here", async () => {
  await writeFile(join(folder, "process.d.ts"), "declare const process: { argv: string[] };");
  const modules = ["--module", "nodenext", "--skipLibCheck", "false"];
  const said = String(await compile("program.ts", "process.d.ts", ...modules));
  // tRPC's own types ask for those of Node.js, of its server: that is for its authors.
  expect(said.split("\n").filter((line) => !line.startsWith("node_modules/@trpc/"))).toEqual([""]);
  const nodes = await findNodes();
  expect(nodes).not.toEqual([]);
  for (const node of nodes) {
    const words = ["program.js", stack.url, stack.user(OWNER).apiKey];
    const { stdout } = await run(node, words, { cwd: folder });
    expect(JSON.parse(stdout)).toEqual({
      jobCount: 2,
      status: "cancelled",
      rows: 2,
      unknown: true,
      columns: true,
    });
  }
});

test("a service with a key of its own submits its list, hears of the end by a webhook, and takes the leads", async () => {
  await writeFile(join(folder, "process.d.ts"), NODE_TYPES);
  const modules = ["--module", "nodenext", "--skipLibCheck"];
  expect(await compile("service.ts", "process.d.ts", ...modules)).toMatchObject({ stdout: "" });
  const owner = createClient({ url: stack.url, apiKey: stack.user(OWNER).apiKey });
  const { key } = await owner.keys.create.mutate({
    holder: "service",
    name: "Importer",
    scopes: [
      ...(["batches:create", "batches:read", "domains:read", "contacts:read"] as const),
      ...(["export:read", "webhooks:manage"] as const),
    ],
  });
  const sites = await startSites({
    sites: generateSites({ count: 2, pages: 1, seed: 5 }),
    https: false,
  });
  const names = sites.sites.map(({ name }) => name);
  const args = ["service.js", stack.url, key, "http://hook.example/", names.join(",")];
  const service = spawn(process.execPath, args, { cwd: folder });
  const said = createInterface(service.stdout)[Symbol.asyncIterator]();
  const hear = async (): Promise<unknown> => JSON.parse((await said.next()).value as string);
  service.stderr.pipe(process.stderr);
  const { port } = (await hear()) as { port: number };
  const sitesFile = join(folder, "sites.json");
  const hosts = { ...sites.allow.hosts, "hook.example": { http: `127.0.0.1:${port}` } };
  await writeFile(sitesFile, JSON.stringify({ hosts }));
  const worker = spawnWorker(sitesFile);
  try {
    const { batchId, message, ...told } = (await hear()) as Record<string, unknown>;
    expect(told).toEqual({
      last: { status: "complete", complete: 2 },
      leads: names.toSorted(),
      customers: ["17", "18", "19"],
    });
    expect(message).toMatchObject({
      type: "batch.finished",
      data: { batch_id: batchId, status: "complete", completed_domains: 2 },
    });
  } finally {
    service.kill("SIGKILL");
    worker.kill("SIGKILL");
    await Promise.all([service, worker].map((child) => ended(child)));
    await sites.close();
  }
});

/** The built worker, with the sites of a file. */
const spawnWorker = (sitesFile: string): ChildProcess =>
  spawn(process.execPath, [join(import.meta.dirname, "../../worker/dist/main.js")], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      DATABASE_URL: stack.databaseUrl,
      SCRAPER_SITES_FILE: sitesFile,
      SCRAPER_DELAY_MS: "0",
      WEBHOOKS_KEY,
      LOG_LEVEL: "error",
    },
    stdio: ["ignore", "inherit", "inherit"],
  });

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", () => resolve()));

test("a mistake of a program outside does not compile", async () => {
  expect(await compile("mistake.ts", "--module", "nodenext", "--noEmit")).toContain("TS2322");
});

test("each sample of the reference compiles strictly", async () => {
  const calls = describeProcedures().flatMap((part) => part.calls);
  const files = calls.map(({ id }) => `sample-${id}.ts`);
  const told = calls.map(
    ({ samples }) =>
      `${samples.typescript}\ndeclare const process: { env: Record<string, string> };`,
  );
  await Promise.all(files.map((file, at) => writeFile(join(folder, file), told[at]!)));
  const flags = ["--module", "nodenext", "--skipLibCheck", "--noEmit"];
  expect(await compile(files[0]!, ...files.slice(1), ...flags)).toMatchObject({ stdout: "" });
});

test("the api gives the tarball away", async () => {
  const answer = await stack.get("/api/client.tgz");
  expect(answer.headers.get("content-type")).toBe("application/gzip");
  expect(Buffer.from(await answer.arrayBuffer()).equals(await readFile(built))).toBe(true);
});
