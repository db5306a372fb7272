import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { states } from "pg-boss";
import { expect, test } from "vitest";

const src = join(import.meta.dirname, "../src");
const files = await readdir(src);

/** Our sources quote with double quotes: a word in single quotes is SQL. */
const findStateWords = (source: string): string[] =>
  Object.values(states).filter((state) => source.includes(`'${state}'`));

test.each(files)("%s takes the states of messages from pg-boss", async (file) => {
  expect(findStateWords(await readFile(join(src, file), "utf8"))).toEqual([]);
});

test("refused: a state of a message written by hand", () => {
  expect(findStateWords(`const text = "where state = 'active'";`)).toEqual(["active"]);
});
