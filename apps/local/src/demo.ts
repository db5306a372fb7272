// `npm run demo`: the fake sites, one batch over the public REST endpoint, and a table of what was
// found. It talks to the product as any other program would, with an API key.
import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Child, startChild } from "./child.ts";
import { type Env, root } from "./env.ts";
import type { Ending, Stack } from "./stack.ts";
import { callPatiently } from "./patient-call.ts";
import { renderTable } from "./table.ts";

const MAX_PAGES = 6;
const POLL_MS = 500;
const SITES_READY_MS = 30_000;

interface Sites {
  /** The allow-list for the worker: which names lead to which loopback port. */
  file: string;
  names: string[];
}

/** Starts the fake sites and waits until they serve. */
export async function startSites(env: Env, ending: Ending): Promise<Sites> {
  const file = join(env.dataDir, "demo-sites.json");
  await rm(file, { force: true });
  const child = await startChild({
    name: "sites",
    args: ["packages/testing/src/sites/main.ts", "--allow-file", file],
    cwd: root,
    env: env.inherited,
    logs: join(env.dataDir, "logs"),
  });
  ending.add("the demo sites", child);
  return { file, names: await readNames(child) };
}

async function readNames(child: Child): Promise<string[]> {
  let ended = false;
  void child.exited.then(() => (ended = true));
  const deadline = Date.now() + SITES_READY_MS;
  while (!ended && Date.now() < deadline) {
    const line = (await readFile(child.logFile, "utf8"))
      .split("\n")
      .find((text) => text.startsWith('{"ready":true') && text.endsWith("}"));
    if (line !== undefined) return (JSON.parse(line) as { names: string[] }).names;
    await pause(50);
  }
  throw new Error(`The demo sites did not start:\n\n${await child.lastLines()}`);
}

interface BatchStatus {
  status: string;
  total_domains: number;
  completed_domains: number;
  failed_domains: number;
  progress: number;
  processing_time: number | null;
  end_time: string | null;
}

interface Job {
  domain: string;
  status: string;
  error: string | null;
  result_data: {
    title: string | null;
    pages: number;
    contacts: number;
    phones: number;
    technologies: string[];
  } | null;
}

/** Submits the sites as one batch and shows it until its end; true when every site ended. */
export async function runDemo(
  { access, apiAnswers }: Stack,
  names: string[],
  signal: AbortSignal,
): Promise<boolean> {
  const [owner] = access.users;
  if (!owner) {
    throw new Error(
      "The demo has no API key for the database at DATABASE_URL, which is in use already. " +
        "Unset DATABASE_URL, or name an empty database.",
    );
  }
  const headers = {
    authorization: `Bearer ${owner.apiKey}`,
    "content-type": "application/json",
    "idempotency-key": randomUUID(),
  };
  const call = <T>(path: string, init: RequestInit = {}): Promise<T> => {
    // The key is for our own API only, which may have moved.
    const findUrl = async () => {
      await apiAnswers();
      return `${access.api}${path}`;
    };
    return callPatiently<T>(findUrl, { ...init, signal, headers });
  };

  const created = await call<{ batch_id: string; status_url: string }>(
    "/api/v3/batch_page_scraper/batch",
    {
      method: "POST",
      body: JSON.stringify({ domains: names, max_pages: MAX_PAGES, max_concurrent: 20 }),
    },
  );
  const page = `${access.web}/t/${access.tenant}/batches/${created.batch_id}`;
  print(`  The demo visits ${names.length} web sites that are served on this machine.`);
  print(`  Watch it live: ${page}\n`);

  const batch = await watch(() => call<BatchStatus>(created.status_url), signal);
  const { data: jobs } = await call<{ data: Job[] }>(
    `/api/v3/jobs?batch_id=${created.batch_id}&limit=1000`,
  );
  print(`\n${renderJobs(jobs, names)}\n`);
  const ended = jobs.filter((job) => job.status === "complete" || job.status === "failed");
  print(
    `  ${batch.status}: ${batch.completed_domains} complete, ${batch.failed_domains} failed ` +
      `of ${batch.total_domains} sites, ${(batch.processing_time ?? 0).toFixed(1)} s`,
  );
  print(`  ${page}\n`);
  return (
    ended.length === names.length &&
    batch.completed_domains + batch.failed_domains === batch.total_domains
  );
}

async function watch(read: () => Promise<BatchStatus>, signal: AbortSignal): Promise<BatchStatus> {
  let shown = "";
  let shownAt = 0;
  for (;;) {
    const batch = await read();
    const done = Math.round(batch.progress / 5);
    const bar = "█".repeat(done) + "░".repeat(20 - done);
    const line = `  ${bar} ${batch.progress.toFixed(0).padStart(3)} %  ${batch.completed_domains} complete, ${batch.failed_domains} failed of ${batch.total_domains}`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}`);
    // In a log every reading would be noise; silence would look like a hang.
    else if (line !== shown && (Date.now() - shownAt > 1_500 || batch.end_time !== null)) {
      print(line);
      shownAt = Date.now();
      shown = line;
    }
    if (batch.end_time !== null) {
      if (process.stdout.isTTY) print("");
      return batch;
    }
    await pause(POLL_MS, undefined, { signal });
  }
}

function renderJobs(jobs: Job[], order: string[]): string {
  const rows = jobs
    .toSorted((a, b) => order.indexOf(a.domain) - order.indexOf(b.domain))
    .map((job) => {
      const found = job.result_data;
      const mark = job.status === "complete" ? "✓" : "✗";
      if (job.status !== "complete" || found === null) {
        return [mark, job.domain, job.error ?? job.status, "", "", "", ""];
      }
      return [
        mark,
        job.domain,
        found.title ?? "(no title)",
        String(found.pages),
        String(found.contacts),
        String(found.phones),
        found.technologies.join(", "),
      ];
    });
  return renderTable(
    [
      { title: "", widthMax: 1 },
      { title: "Site", widthMax: 34 },
      { title: "Title, or why it failed", widthMax: 44 },
      { title: "Pages", widthMax: 5, right: true },
      { title: "E-mails", widthMax: 7, right: true },
      { title: "Phones", widthMax: 6, right: true },
      { title: "Technology", widthMax: 44 },
    ],
    rows,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
