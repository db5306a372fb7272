// What others make of the document: it has nothing to say to a linter, and a client that was generated from it compiles strictly.
import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { document } from "./operations.ts";
import { OWNER, type Stack, startStack } from "./stack.ts";

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);
const tsc = join(dirname(resolve("typescript/package.json")), "bin/tsc");
const ofClient = createRequire(join(import.meta.dirname, "../../../packages/client/package.json"));
const { resolve: resolveFormer } = createRequire(ofClient.resolve("@arethetypeswrong/core"));
/** openapi-typescript writes types by an interface that the compiler of today has no more: it gets the one before, which a linter of the client brings. */
const FORMER = `data:text/javascript,import { registerHooks } from "node:module";
registerHooks({ resolve: (name, context, next) => next(name === "typescript" ? ${JSON.stringify(
  pathToFileURL(resolveFormer("typescript")).href,
)} : name, context) });`;

const PROGRAM = `
import createClient from "openapi-fetch";
import type { paths } from "./schema.d.ts";

const [baseUrl = "", key = ""] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { authorization: \`Bearer \${key}\` } });
const made = await client.POST("/api/v3/batch_page_scraper/batch", {
  params: { header: { "Idempotency-Key": "generated" } },
  body: { domains: ["one.example", "two.example"] },
});
const batch_id: string = made.data?.batch_id ?? "";
const status = await client.GET("/api/v3/batch_page_scraper/batch/{batch_id}/status", { params: { path: { batch_id } } });
const jobs = await client.GET("/api/v3/jobs", { params: { query: { batch_id, status: ["pending", "running"] } } });
const unknown = await client.GET("/api/v3/jobs/{job_id}", { params: { path: { job_id: "nothing" } } });
console.log(JSON.stringify({
  status: status.data?.status,
  total: status.data?.total_domains,
  jobs: jobs.data?.data.flatMap((job) => ("domain" in job ? [job.domain] : [])).sort(),
  unknown: unknown.error && "code" in unknown.error ? unknown.error.code : undefined,
}));
`;
const MISTAKE = `
import createClient from "openapi-fetch";
import type { paths } from "./schema.d.ts";
await createClient<paths>({}).GET("/api/v3/jobs", { params: { query: { status: ["sleeping"] } } });
`;

let folder: string;
let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
  folder = await mkdtemp(join(tmpdir(), "scrapersky-generated-"));
  await symlink(join(import.meta.dirname, "../node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  await writeFile(join(folder, "openapi.json"), JSON.stringify(document));
  const cli = join(dirname(resolve("openapi-typescript/package.json")), "bin/cli.js");
  const args = ["--import", FORMER, cli, "openapi.json", "--output", "schema.d.ts"];
  await run(process.execPath, args, { cwd: folder });
  await writeFile(join(folder, "process.d.ts"), "declare const process: { argv: string[] };");
  await writeFile(join(folder, "program.ts"), PROGRAM);
  await writeFile(join(folder, "mistake.ts"), MISTAKE);
});
afterAll(async () => {
  await stack.close();
  await rm(folder, { recursive: true });
});

const compile = (file: string, ...flags: string[]): Promise<string> =>
  run(
    process.execPath,
    [
      tsc,
      ..."--ignoreConfig --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess".split(
        " ",
      ),
      ..."--target es2022 --lib es2023,dom,dom.iterable --module nodenext --allowImportingTsExtensions".split(
        " ",
      ),
      ..."--rewriteRelativeImportExtensions --types".split(" "),
      "",
      ...flags,
      file,
      "process.d.ts",
    ],
    { cwd: folder },
  ).then(
    ({ stdout }) => stdout,
    (fault: { stdout: string }) => fault.stdout,
  );

test("a linter of OpenAPI has nothing to say of it, not even a warning", async () => {
  const cli = join(dirname(resolve("@redocly/cli/package.json")), "bin/cli.js");
  const { stdout } = await run(process.execPath, [cli, "lint", "openapi.json", "--format=json"], {
    cwd: folder,
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  const { problems } = JSON.parse(stdout) as { problems: { message: string }[] };
  expect(problems.map(({ message }) => message)).toEqual([]);
});

test("a client that was generated from it compiles strictly, and speaks with the api", async () => {
  expect(await compile("program.ts")).toBe("");
  const args = ["program.js", stack.url, stack.user(OWNER).apiKey];
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({
    status: "pending",
    total: 2,
    jobs: ["one.example", "two.example"],
    unknown: "NOT_FOUND",
  });
});

test("a mistake of a program that uses it does not compile", async () => {
  expect(await compile("mistake.ts", "--noEmit")).toContain("TS2322");
});
