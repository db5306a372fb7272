// The door for whoever keeps a copy of a database, or brings one back.
export { type BackupFacts, readFacts, type Totals } from "./format.ts";
export { findTarget, type Target } from "./target.ts";
export { readBackup } from "./read-backup.ts";
export { describeLeftOut, writeBackup } from "./write-backup.ts";
