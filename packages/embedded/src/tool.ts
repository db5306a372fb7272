import { spawn } from "node:child_process";
import type { Account } from "./account.ts";

/** Nothing of the caller's environment: a leftover PGDATA or PGPORT would redirect the tools. */
export const toolEnvironment = { LC_ALL: "C", TZ: "UTC", PATH: "/usr/local/bin:/usr/bin:/bin" };

/** Runs a program to its end as the account; never rejects: `code` is null when it did not start. */
export function runTool(
  program: string,
  args: string[],
  account: Account,
  input = "",
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, args, {
      uid: account.uid,
      gid: account.gid,
      // The account may be shut out of the folder this process stands in.
      cwd: "/",
      env: toolEnvironment,
    });
    const collect = (chunk: string) => (output += chunk);
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
    // A program that did not start has no input to write to.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
