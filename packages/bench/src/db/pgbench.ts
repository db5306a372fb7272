import { execFile } from "node:child_process";
import { glob, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { GROUPS, selectText } from "./statement.ts";

/** Where distributions put it; the last one found is taken. */
const PLACES = [
  "/usr/local/bin/pgbench",
  "/opt/homebrew/bin/pgbench",
  "/usr/lib/postgresql/*/bin/pgbench",
];

export async function findPgbench(): Promise<string | undefined> {
  let program: string | undefined;
  for await (const path of glob(PLACES)) program = path;
  return program;
}

/** The same select by the server's own client in C, unnamed statements, each connection a caller. */
export async function runPgbench(
  program: string,
  folder: string,
  url: string,
  connections: number,
): Promise<{ perSecond: number; meanMs: number }> {
  const script = join(folder, "select.sql");
  await writeFile(script, `\\set site random(1, ${GROUPS})\n${selectText(":site")};\n`);
  const args = ["--no-vacuum", "--protocol=extended", "--time=1", "--jobs=1"];
  const { stdout } = await promisify(execFile)(program, [
    ...args,
    `--client=${connections}`,
    `--file=${script}`,
    url,
  ]);
  return readPgbench(stdout);
}

/** Its figures, out of what it prints. */
export function readPgbench(output: string): { perSecond: number; meanMs: number } {
  const perSecond = Number(/tps = ([\d.]+) \(without initial/.exec(output)?.[1]);
  const meanMs = Number(/latency average = ([\d.]+) ms/.exec(output)?.[1]);
  return { perSecond, meanMs };
}
