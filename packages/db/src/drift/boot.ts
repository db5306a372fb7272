import type { Database } from "../session/database.ts";
import { DatabaseError, findDatabaseError } from "../session/errors/database-error.ts";
import { describeLater, findLaterMigrations, ProgramTooOld } from "../migration/compatible.ts";
import { describeDrift } from "./describe-drift.ts";
import { checkDrift, type DriftReport } from "./find-drift.ts";

/** The part of a structured logger that the check needs; pino has it. */
export interface BootLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Breaking drift. The message holds the whole report. */
export class DriftError extends Error {
  override readonly name = "DriftError";
  readonly report: DriftReport;

  constructor(report: DriftReport, message: string) {
    super(message);
    this.report = report;
  }
}

/**
 * Compares schema and database before anything else runs on it. Breaking drift stops the start;
 * other drift is logged, one line for each difference.
 *
 * @param options.allow start in spite of breaking drift, which is then logged as errors
 * @throws ProgramTooOld on a database that a newer version closed to this one; DriftError on breaking drift unless allowed; DatabaseError when the database cannot be read
 */
export async function checkDriftAtBoot(
  database: Database,
  options: { log: BootLog; allow?: boolean },
): Promise<DriftReport> {
  const { log, allow = false } = options;
  const later = await findLaterMigrations(database.db);
  if (later.length > 0) log.warn({ migrations: later }, describeLater(later));
  // Counting rows reads whole tables: that is for who asks for the report.
  const report = await checkDrift(database, undefined, { countRows: false });
  if (report.counts.breaking > 0 && !allow) {
    throw new DriftError(
      report,
      `${describeDrift(report)}\n\n` +
        "Mend what is breaking, or set DRIFT=allow to start all the same.",
    );
  }
  for (const { severity, sentence, mend, what } of report.differences) {
    const level = severity === "breaking" ? "error" : "warn";
    log[level]({ drift: severity, what, mend }, sentence);
  }
  const { tables, counts, elapsedMs } = report;
  log.info({ tables, ...counts, elapsedMs }, "schema compared with the database");
  return report;
}

/**
 * What a person must know of a start that failed at the database: the report, or why it could not be
 * read and what to do. Undefined for any other error.
 */
export function describeBootFailure(error: unknown): string | undefined {
  if (error instanceof DriftError) return error.message;
  if (error instanceof ProgramTooOld) return `Cannot start, ${error.message}`;
  const found = findDatabaseError(error);
  // What a pool adds to it, such as the time of its next try, is of no use to a process that ends.
  const fault = found?.cause instanceof DatabaseError ? found.cause : found;
  if (!fault) return undefined;
  // A setting that was refused here, before any server was asked, says itself what to set.
  const isOurs = fault.kind === "configuration" && fault.sqlstate === undefined;
  return `Cannot start, ${fault.message}${isOurs ? "" : `: ${fault.advice}`}.`;
}
