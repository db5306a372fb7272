import { mkdtemp, open, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cutLog } from "../src/cut-log.ts";

test("a long log is put aside, and its writer goes on in a short one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "scrapersky-log-"));
  const file = join(folder, "api.log");
  const writer = await open(file, "a", 0o600);
  await writer.write("one\n");
  await cutLog(file, 4);
  expect(await readdir(folder)).toEqual(["api.log"]);
  await writer.write("two\n");
  await cutLog(file, 4);
  await writer.write("three\n");
  await writer.close();
  const said = await Promise.all(
    ["api.earlier.log", "api.log"].map((name) => readFile(join(folder, name), "utf8")),
  );
  expect(said).toEqual(["one\ntwo\n", "three\n"]);
  await rm(folder, { recursive: true });
});
