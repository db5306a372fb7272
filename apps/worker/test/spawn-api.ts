import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { WEBHOOKS_KEY } from "./harness.ts";

/** An api as it is run: a process of its own, which listens. */
export interface SpawnedApi {
  child: ChildProcess;
  origin: string;
}

/** Starts the built api on a database, at a free port. */
export async function spawnApi(url: string): Promise<SpawnedApi> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../api/dist/main.js")], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "test",
      DATABASE_URL: url,
      API_PORT: "0",
      AUTH_SECRET: "a secret of forty characters for the test",
      WEBHOOKS_KEY,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const listening = Promise.withResolvers<number>();
  lines.on("line", (line) => {
    const { msg, port } = JSON.parse(line) as { msg: string; port?: number };
    if (msg === "api listening" && port !== undefined) listening.resolve(port);
  });
  void once(child, "exit").then(() => listening.reject(new Error("The api ended.")));
  return { child, origin: `http://127.0.0.1:${await listening.promise}` };
}
