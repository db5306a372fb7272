// A process that takes a lock again and again until the file `stop` appears, and looks whether it is
// alone. Arguments: the folder. It prints `held` each time, and `not alone` when somebody else holds it.
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isSameProcess, takeLock } from "../src/index.mjs";

const [folder = ""] = process.argv.slice(2);
const INSIDE = "inside-";

/** Whether a living process besides this one has its mark there: a name, since whoever is killed may have written half of a text. */
async function isAlone(own: string): Promise<boolean> {
  let alone = true;
  for (const mark of readdirSync(folder)) {
    if (!mark.startsWith(INSIDE) || mark === own) continue;
    const [pid, startedAt = ""] = mark.slice(INSIDE.length).split("-");
    if (await isSameProcess({ pid: Number(pid), startedAt })) alone = false;
    else rmSync(join(folder, mark), { force: true });
  }
  return alone;
}

while (!existsSync(join(folder, "stop"))) {
  const lock = await takeLock(folder, "test");
  if ("taken" in lock) {
    await pause(1);
    continue;
  }
  const mark = `${INSIDE}${lock.record.pid}-${lock.record.startedAt}`;
  writeFileSync(join(folder, mark), "");
  if (!(await isAlone(mark))) console.log("not alone");
  console.log("held");
  await pause(1);
  rmSync(join(folder, mark));
  lock.release();
}
