import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { clientOf, curlOf, fetchOf, procedureCurlOf } from "./samples.contract.ts";

const ORIGIN = "https://sky.example";

/** What a shell gives `curl` of a sample. */
const wordsOf = (sample: string): string[] =>
  execFileSync("sh", ["-c", `curl() { printf '%s\\0' "$@"; }\n${sample}`], {
    env: { SCRAPERSKY_KEY: "sk_live_x" },
    encoding: "utf8",
  })
    .split("\0")
    .slice(0, -1);

test("a shell sends what a sample says, whatever stands in it", () => {
  const body = { label: `Bob's "$HOME" \`id\` \\ list` };
  expect(wordsOf(curlOf(ORIGIN, { method: "POST", path: "/api/v3/scan", body }))).toEqual([
    ..."-X POST https://sky.example/api/v3/scan -H".split(" "),
    "Authorization: Bearer sk_live_x",
    "-H",
    "Content-Type: application/json",
    "-d",
    JSON.stringify(body),
  ]);
  const call = { procedure: "jobs.list", type: "query", input: { q: "it's" } } as const;
  expect(wordsOf(procedureCurlOf(ORIGIN, call))).toEqual([
    ..."-G https://sky.example/api/trpc/jobs.list -H".split(" "),
    "Authorization: Bearer sk_live_x",
    "--data-urlencode",
    `input={"q":"it's"}`,
  ]);
});

test("a call that is open names no key", () => {
  expect(curlOf(ORIGIN, { method: "GET", path: "/health", isOpen: true })).toBe(
    'curl "https://sky.example/health"',
  );
});

test("TypeScript has names without quotes, by fetch and by the client", () => {
  const input = { status: ["failed"], filter: { "a-b": `"x": 1` } };
  expect(clientOf(ORIGIN, { procedure: "jobs.list", type: "query", input })).toBe(
    `import { createClient } from "@scrapersky/client";

const client = createClient({ url: "https://sky.example", apiKey: process.env.SCRAPERSKY_KEY! });
const answer = await client.jobs.list.query({ status: ["failed"], filter: { "a-b": "\\"x\\": 1" } });`,
  );
  expect(fetchOf(ORIGIN, { method: "PUT", path: "/api/v3/settings", body: { robots: true } })).toBe(
    `const answer = await fetch("https://sky.example/api/v3/settings", {
  method: "PUT",
  headers: { Authorization: \`Bearer \${process.env.SCRAPERSKY_KEY}\`, "Content-Type": "application/json" },
  body: JSON.stringify({ robots: true }),
});
if (!answer.ok) throw new Error(await answer.text());`,
  );
});
