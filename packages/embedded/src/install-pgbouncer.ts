import {
  type Availability,
  findProgram,
  installProgram,
  prepareProgram,
  type SystemProgram,
} from "./install-program.ts";

const FOLDERS = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"];

const pgBouncer: SystemProgram = {
  title: "PgBouncer",
  package: "pgbouncer",
  paths: FOLDERS.map((folder) => `${folder}/pgbouncer`),
  advice: "apt-get install pgbouncer, or brew install pgbouncer",
};

/** Whether PgBouncer can be started here, and if not, what to do. */
export const pgBouncerAvailable = (): Promise<Availability> => findProgram(pgBouncer);

/** For test files: `test.runIf(await preparePgBouncer())`; throws in CI where it cannot be had. */
export const preparePgBouncer = (): Promise<boolean> => prepareProgram(pgBouncer);

/** Installs PgBouncer as root on a system with apt-get; elsewhere as `pgBouncerAvailable`. */
export const installPgBouncer = (log?: (line: string) => void): Promise<Availability> =>
  installProgram(pgBouncer, log);
