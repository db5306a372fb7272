// A process that takes a lock again and again until the file `stop` appears, and looks whether it is
// alone. Arguments: the folder. It prints `held` each time, and `not alone` when somebody else holds it.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isSameProcess, type ProcessIdentity, takeLock } from "../src/index.mjs";

const [folder = ""] = process.argv.slice(2);
const inside = join(folder, "inside");

while (!existsSync(join(folder, "stop"))) {
  const lock = await takeLock(folder, "test");
  if ("taken" in lock) {
    await pause(1);
    continue;
  }
  const { pid, startedAt } = lock.record;
  try {
    writeFileSync(inside, JSON.stringify({ pid, startedAt }), { flag: "wx" });
  } catch {
    const other = JSON.parse(readFileSync(inside, "utf8")) as ProcessIdentity;
    if (await isSameProcess(other)) console.log("not alone");
    writeFileSync(inside, JSON.stringify({ pid, startedAt }));
  }
  console.log("held");
  await pause(1);
  rmSync(inside);
  lock.release();
}
