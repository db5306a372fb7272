import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "judge-"));
  mkdirSync(join(folder, "deeper"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const robots = (allowed: boolean, test = "Case") =>
  writeFileSync(
    join(folder, "robots.json"),
    JSON.stringify([
      {
        test,
        robots: "User-agent: A\nDisallow: /",
        agent: "A",
        url: "http://x.example/y",
        allowed,
      },
    ]),
  );
const encodings = (label: string) =>
  writeFileSync(
    join(folder, "deeper", "some.dat"),
    `#data\n<meta charset=euc-jp>\n#encoding\n${label}\n\n#data\n<p>\n#encoding\nwindows-1252\n`,
  );
const judge = (...args: string[]) => {
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "judge", "main.ts"), ...args],
    { encoding: "utf8" },
  );
  return { status, stdout };
};

test("cases that all hold end with 0 and are counted per suite", () => {
  robots(false);
  encodings("euc-jp");
  const { status, stdout } = judge(folder);
  expect(status).toBe(0);
  expect(stdout).toContain("robots.json: 1 passed, 0 failed");
  expect(stdout).toContain("some.dat: 2 passed, 0 failed");
});

test("one case that does not hold is shown and ends with 1, in either suite", () => {
  robots(true);
  expect(judge(folder)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("0 passed, 1 failed"),
  });
  robots(false);
  encodings("shift_jis");
  expect(judge(folder)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("1 passed, 1 failed"),
  });
});

test("what one crawler alone forgives binds nobody", () => {
  robots(true, "GoogleOnly_Case");
  expect(judge(folder)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("0 passed, 0 failed, 1 skipped"),
  });
});

test("a folder without cases, no folder and none at all end with 2", () => {
  expect(judge(folder).status).toBe(2);
  expect(judge(join(folder, "missing")).status).toBe(2);
  expect(judge().status).toBe(2);
});
