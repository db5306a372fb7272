import { createInterface } from "node:readline/promises";

/** Where a command line comes from and speaks to. */
export interface Surroundings {
  /** Default: the environment, completed by the file .env. */
  settings?: NodeJS.ProcessEnv;
  /** For the result. */
  out(text: string): void;
  /** For progress and problems. */
  err(text: string): void;
  /** What a person types in answer, undefined where nobody is; default: nobody is. */
  ask?(question: string): Promise<string | undefined>;
}

/** The process's own standard output and error. */
export function speak(): Surroundings {
  // Whoever reads may have enough, as "head" does: then the rest is said to nobody.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    ask: async (question) => {
      if (!process.stdin.isTTY) return undefined;
      const line = createInterface({ input: process.stdin, output: process.stderr });
      try {
        return (await line.question(question)).trim();
      } finally {
        line.close();
      }
    },
  };
}
