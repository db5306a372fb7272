// PostgreSQL from npm packages as a child process: made, started, adopted and stopped.
// It knows no schema and speaks no SQL beyond naming a new cluster's database.
export { startPostgres, type EmbeddedPostgres, type StartOptions } from "./start.ts";
export { makeScratchFolder, startTemporaryPostgres } from "./temporary.ts";
export { findAccount, type Account } from "./account.ts";
export { findFreePort } from "./postmaster.ts";
