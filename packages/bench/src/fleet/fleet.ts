import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { measured } from "../env.ts";
import type { Report } from "../report.ts";
import type { FleetFinish } from "./world.ts";

/**
 * Three workers in a world of its own: a network namespace with one public address, a name server and the sites. Needs root
 * on Linux, which may make such a world; nobody is asked outside of it.
 */
export async function benchFleet(): Promise<Report> {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    throw new Error("bench fleet makes a network of its own: run it as root on Linux.");
  const folder = mkdtempSync(join(tmpdir(), "scrapersky-fleet-"));
  try {
    const file = join(folder, "finish.json");
    const world = join(import.meta.dirname, "world.ts");
    const flags = ["--disable-warning=ExperimentalWarning", world, file];
    const child = spawn("unshare", ["--net", "--mount", process.execPath, ...flags], {
      env: measured,
      stdio: ["pipe", "inherit", "inherit"],
    });
    const [code] = (await once(child, "close")) as [number | null];
    if (code !== 0) throw new Error(`The world ended with code ${code}; its message is above.`);
    return report(JSON.parse(readFileSync(file, "utf8")) as FleetFinish);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(finish: FleetFinish): Report {
  const who = "three workers";
  return {
    name: "fleet",
    results: [
      { who, what: "sites read", value: finish.read, unit: "" },
      { who, what: "requests", value: finish.requests, unit: "" },
      { who, what: "seconds", value: finish.seconds, unit: "" },
    ],
    ratios: {
      mostInFlight: finish.mostInFlight,
      mostPerSecond: finish.mostPerSecond,
      deadNamesSeconds: finish.deadNamesSeconds,
    },
    notes: [
      `90 sites at one network address that answers after 300 ms, then 200 names that do not exist; real workers, names looked up at a name server, on ${cpus().length} cores.`,
    ],
  };
}
