// The door for whoever asks whether the database is what the schema says.
export { type BootLog, checkDriftAtBoot, describeBootFailure, DriftError } from "./boot.ts";
export { checkDrift, type DriftReport, findDrift, getDriftReport } from "./find-drift.ts";
export type { Difference, RowsInTheWay, Severity } from "./difference.ts";
export { describeDeclared } from "./declared.ts";
export { describeDrift, needsDecisions } from "./describe-drift.ts";
