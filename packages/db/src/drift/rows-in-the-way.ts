import { type DatabaseError, findDatabaseError } from "../session/errors/database-error.ts";
import { executeForLibrary, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import type { Tx } from "../session/types.ts";
import type { Obstacle } from "./obstacles.ts";
import { type Difference, type Finding, toDifference } from "./difference.ts";

/** A table so large that this is too short is not worth holding up a report. */
const COUNT_MS = 5_000;

/**
 * Counts the rows that mending statements would fail on, and offers statements that fit where there are
 * some. Each count is tried alone: one that fails, or takes too long, is told as not known.
 */
export async function countRowsInTheWay(
  tx: Tx,
  findings: readonly Finding[],
): Promise<Difference[]> {
  if (findings.some(({ obstacle }) => obstacle)) {
    await executeForLibrary(tx, `set local statement_timeout = ${COUNT_MS}`);
  }
  const differences: Difference[] = [];
  for (const finding of findings) {
    const difference = toDifference(finding);
    const { obstacle } = finding;
    const found = obstacle && (await countOf(tx, obstacle));
    differences.push(
      obstacle && found?.rows !== 0
        ? {
            ...difference,
            mend: obstacle.mend,
            inTheWay: {
              rows: found?.rows ?? null,
              why: obstacle.why,
              examples: found?.examples ?? [],
            },
          }
        : difference,
    );
  }
  return differences;
}

interface Found {
  rows: number;
  examples: string[];
}

async function countOf(tx: Tx, { candidates, rows }: Obstacle): Promise<Found | undefined> {
  const found = await ask<Found>(
    tx,
    `with found (name) as materialized (${rows})
     select (select count(*)::int from found) as rows,
       array(select name from (select distinct name from (select name from found limit 1000) few) names
             order by name limit 3) as examples`,
  );
  if (found !== undefined) return found;
  // What it names may be missing as well, and of no row can anything be in the way.
  const some = await ask<{ some: boolean }>(
    tx,
    `select exists (select from ${candidates}) as some`,
  );
  return some?.some === false ? { rows: 0, examples: [] } : undefined;
}

/** Undefined for a question that this database cannot answer in time. */
async function ask<Row extends object>(tx: Tx, sql: string): Promise<Row | undefined> {
  try {
    return await tx.savepoint((inner) => executeRawSqlOne<Row>(inner, sql));
  } catch (error) {
    const fault = findDatabaseError(error);
    if (fault === undefined || !isOfTheDatabase(fault)) throw error;
    return undefined;
  }
}

/** It took too long, needs a right, or names what this database or server does not have. */
const isOfTheDatabase = ({ kind, sqlstate = "" }: DatabaseError): boolean =>
  kind === "statement_timeout" ||
  kind === "permission" ||
  ["42703", "42804", "42846", "42883", "42P01"].includes(sqlstate) ||
  sqlstate.startsWith("22");
