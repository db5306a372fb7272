// The door for whoever asks how a database is: what is found, in sentences with what mends it.
export { type Ages, findAges } from "./ages.ts";
export { guarded, SERVER_CHECKS } from "./checks.ts";
export type { Finding } from "./finding.ts";
export { findSizes, type Sizes, type TableSize } from "./sizes.ts";
export { findSlowStatements, type SlowStatement, type SlowStatements } from "./slow-statements.ts";
export { type Applied, checkQueueTables, describeMigrations, findApplied } from "./tables.ts";
export { findOpenTransactions, type OpenTransaction } from "./transactions.ts";
export { describeWay } from "./way.ts";
