import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { endAll, makeDataDir, startCommand } from "./command.ts";

const run = promisify(execFile);
const mounted: string[] = [];
afterEach(async () => {
  for (const folder of mounted.splice(0)) await run("umount", ["-l", folder]);
  await endAll();
});

/** A disk of its own, of so many kilobytes. */
async function mountDisk(kilobytes: number): Promise<string> {
  const folder = join(dirname(await makeDataDir()), "disk");
  await mkdir(folder);
  await run("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k,mode=755`, "tmpfs", folder]);
  mounted.push(folder);
  return folder;
}

const mayMount = await mountDisk(64).then(
  () => true,
  () => false,
);

// Full before anything is written, while the database is made, and in what comes after it.
test.runIf(mayMount).each([8, 2_000, 20_000, 44_000, 48_000])(
  "a start on a disk of %d kB that is too small says so in one sentence",
  async (kilobytes) => {
    const disk = await mountDisk(kilobytes);
    const command = startCommand(join(disk, "data"));
    expect(await command.exited).toBe(1);
    const said = command.output();
    expect(said).toMatch(
      /^The disk of .*data is full \(\d+ MB are free, .*\): make room and start again\.$/m,
    );
    for (const word of ["initdb", "corrupt", "No space", "ENOSPC", "    at "]) {
      expect(said).not.toContain(word);
    }
  },
);
