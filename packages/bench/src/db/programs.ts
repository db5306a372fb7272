import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A program of this folder in a process of its own, which answers one question at a time. */
export interface Program {
  pid: number;
  /** What it said of itself when it was ready. */
  ready: unknown;
  ask(question: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts `node FILE ...args` and waits until it says that it is ready. */
export async function startProgram(
  file: string,
  args: string[],
  execArgv: string[] = [],
): Promise<Program> {
  const child = fork(join(import.meta.dirname, file), args, { execArgv });
  const gone = once(child, "exit");
  const ready = await nextMessage(child, gone, file);
  return {
    pid: child.pid ?? 0,
    ready,
    ask(question) {
      child.send(question as object);
      return nextMessage(child, gone, file);
    },
    async stop() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

function nextMessage(child: ChildProcess, gone: Promise<unknown>, file: string): Promise<unknown> {
  return Promise.race([
    once(child, "message").then(([message]) => message as unknown),
    gone.then(() => {
      throw new Error(`${file} ended; its message is above.`);
    }),
  ]);
}

/** The other side: tells that this program is ready, then answers until its starter goes away. */
export function serve(ready: object, answer: (question: unknown) => unknown): void {
  process.once("disconnect", () => process.exit(0));
  process.on("message", (question) => {
    void Promise.resolve(answer(question)).then((said) => process.send?.(said ?? null));
  });
  process.send?.(ready);
}
