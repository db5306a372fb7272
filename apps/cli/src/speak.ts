/** Where a command line comes from and speaks to. */
export interface Surroundings {
  /** Default: the environment, completed by the file .env. */
  settings?: NodeJS.ProcessEnv;
  /** For the result. */
  out(text: string): void;
  /** For progress and problems. */
  err(text: string): void;
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
  };
}
