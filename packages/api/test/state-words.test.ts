import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findStateWords } from "./state-words.ts";

const src = join(import.meta.dirname, "../src");
const files = (await readdir(src, { recursive: true })).filter(
  (file) => file.endsWith(".ts") && !/\.(state|test)\.ts$/.test(file),
);

test("there are statements to look at", () => {
  expect(files).toContain(join("job", "start-jobs.ts"));
});

test.each(files)("%s takes every state in its SQL from a machine", async (file) => {
  expect(findStateWords(await readFile(join(src, file), "utf8"))).toEqual([]);
});

test.each([
  ["a move", "update jobs set status = 'failed' where job_id = :jobId::uuid"],
  ["a fence", "select 1 from jobs j where j.status in ('running','pending')"],
  ["what is not", "select 1 from jobs where status <> 'running'"],
  ["a beginning", "insert into batch_jobs (status) values ('pending')"],
  ["a rule", "update batch_jobs set status = case when failed_domains = 0 then 'complete' end"],
  ["an outcome", "update app.job_attempts set outcome = 'lost'"],
  ["a list", "select 1 from jobs where status = any(array['complete'])"],
])("refused: %s written by hand", (_, text) => {
  expect(findStateWords(`const text = "${text}";`)).not.toEqual([]);
});

test("a word of TypeScript, a key of JSON and a longer text are no states of SQL", () => {
  const source = `const a = "failed"; const b = "select data->>'domain', timezone('utc', now()), 'It failed'";`;
  expect(findStateWords(source)).toEqual([]);
});
