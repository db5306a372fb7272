import type { Result } from "../report.ts";
import type { Question } from "./connections-process.ts";
import { DRIVERS } from "./contenders.ts";
import { median } from "./load.ts";
import { type Program, startProgram } from "./programs.ts";

const WRITES = 20;
const STARTS = 5;
const CONNECTIONS = 100;

/** How often each driver waits for the server in a transaction with one write. */
export async function flightFigures(proxy: Program, url: string): Promise<Result[]> {
  const figures: Result[] = [];
  for (const { who, open } of DRIVERS) {
    const client = open(url, 1);
    await client.write("the first one connects");
    await proxy.ask("reset");
    for (let count = 0; count < WRITES; count++) await client.write(`note ${count}`);
    const flights = (await proxy.ask("count")) as number;
    await client.end();
    figures.push({ who, what: "round trips of a write", value: flights / WRITES, unit: "" });
  }
  return figures;
}

/** What connections cost at rest, and how long the first answer takes, each in processes of their own. */
export async function connectionFigures(url: string): Promise<Result[]> {
  const figures: Result[] = [];
  for (const { who } of DRIVERS) {
    const inProcess = async <T>(question: Question): Promise<T> => {
      const args = [who, url, String(CONNECTIONS)];
      const program = await startProgram("connections-process.ts", args, ["--expose-gc"]);
      const answer = await program.ask(question);
      await program.stop();
      return answer as T;
    };
    const starts: number[] = [];
    for (let count = 0; count < STARTS; count++) starts.push(await inProcess<number>("start"));
    const full = await inProcess<{ perConnectionKb: number; rssMb: number }>("fill");
    figures.push(
      { who, what: "first answer", value: median(starts), unit: "ms" },
      { who, what: "idle connection", value: full.perConnectionKb, unit: "kB" },
      { who, what: `process with ${CONNECTIONS}`, value: full.rssMb, unit: "MB" },
    );
  }
  return figures;
}
