import { chmod, cp, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { chooseAccount } from "../src/account.ts";
import { locateBinaries } from "../src/binaries.ts";
import { findAccount } from "../src/index.ts";
import { makeFolder, start, startElsewhere } from "./harness.ts";
import { query } from "./query.ts";

// What root alone can do or suffer. As an ordinary user every other test of this package already
// runs the way the last of these does.
describe.runIf(process.getuid?.() === 0)("started by root", () => {
  test("the server runs as somebody else, who owns its data", async () => {
    const dataDir = join(await makeFolder(), "data");
    const server = await start({ dataDir });
    const account = await chooseAccount(dataDir);
    expect(account.uid).toBeGreaterThan(0);
    expect((await stat(dataDir)).uid).toBe(account.uid);
    expect((await stat(`/proc/${server.pid}`)).uid).toBe(account.uid);
  });

  test("behind a closed folder, programs and data move out, and are found again", async () => {
    const folder = await makeFolder();
    const closed = join(folder, "closed");
    await mkdir(closed, { mode: 0o700 });
    const binariesDir = join(closed, "native");
    await cp(locateBinaries(), binariesDir, { recursive: true, verbatimSymlinks: true });
    const options = {
      dataDir: join(closed, "data"),
      binariesDir,
      fallbackDir: join(folder, "fallback"),
    };
    const said: string[] = [];
    const first = await start({ ...options, log: (line) => said.push(line) });
    expect(first.dataDir.startsWith(join(folder, "fallback", "data"))).toBe(true);
    expect(said.join("\n")).toContain(`the data is in ${first.dataDir}`);
    expect(await readdir(closed)).toEqual(["native"]);
    await query(first, "create table kept as select 1 as n");
    await first.stop();

    const second = await start(options);
    expect(second.dataDir).toBe(first.dataDir);
    expect(await query(second, "select n from kept")).toEqual([["1"]]);
    expect(await readdir(join(folder, "fallback", "binaries"))).toHaveLength(1);
  });

  test("programs installed for root alone are copied so that others can run them", async () => {
    const folder = await makeFolder();
    const binariesDir = join(folder, "native");
    await cp(locateBinaries(), binariesDir, { recursive: true, verbatimSymlinks: true });
    await chmod(join(binariesDir, "bin"), 0o700);
    await chmod(join(binariesDir, "bin", "postgres"), 0o700);
    const server = await start({
      dataDir: join(folder, "data"),
      binariesDir,
      fallbackDir: join(folder, "fallback"),
    });
    expect(server.dataDir).toBe(join(folder, "data"));
    expect(await query(server, "select 1")).toEqual([["1"]]);
  });

  test("nobody, an ordinary user, starts, stops and is told whose folder it is", async () => {
    const nobody = await findAccount("nobody");
    const folder = await makeFolder();
    await chmod(folder, 0o777);
    const dataDir = join(folder, "data");
    const { server, process: starter } = await startElsewhere(
      "startPostgres",
      { dataDir },
      nobody?.uid,
    );
    expect(await query(server, "select current_user")).toEqual([["postgres"]]);
    expect((await stat(`/proc/${server.pid}`)).uid).toBe(nobody?.uid);
    starter.send("stop");
    await new Promise((resolve) => starter.once("exit", resolve));

    // Root takes the owner's account, so that both can use one checkout in turn.
    const rooted = await start({ dataDir });
    expect((await stat(`/proc/${rooted.pid}`)).uid).toBe(nobody?.uid);
  });
});
