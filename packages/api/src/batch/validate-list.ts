import type { Reader } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import { estimateBatch } from "../intake/estimate-batch.ts";
import type { ReadList } from "../intake/list-reading.ts";
import { readListInSlices } from "../intake/read-list.ts";
import { groupLines, sortLines } from "../intake/sort-lines.ts";
import { runStepsInTurn } from "../intake/steps.ts";
import { sentenceOf, SUPPRESSED } from "../job/failure-sentences.ts";
import { findSuppressed } from "../suppression/find-suppressed.ts";
import {
  type BatchValidated,
  type BatchValidateInput,
  type ListColumn,
  VALIDATE_LINES_MAX,
} from "./batch.contract.ts";
import { findScanned } from "./find-scanned.ts";
import { findScanPace } from "./find-scan-pace.ts";
import { cutOf, toLines } from "./read-given.ts";

/**
 * Sorts the lines of a list by what would become of them, and writes nothing. The list is read in slices before the
 * database is asked.
 * @throws DomainError INVALID_INPUT for more than `VALIDATE_LINES_MAX` lines or names
 */
export async function validateList(
  reader: Reader,
  tenantId: string,
  { text, rows, column, ...numbers }: BatchValidateInput,
): Promise<BatchValidated> {
  const list = await runStepsInTurn(readListInSlices(text ?? toLines(rows ?? []), { column }));
  const cut = cutOf(list);
  refuseMany(list, text === undefined ? "rows" : "text");
  const named = list.lines.flatMap(({ entries }) => entries.flatMap(({ domain }) => domain ?? []));
  const names = [...new Set(named)];
  const scanned = await findScanned(reader, tenantId, names);
  const refused = await findNeverVisited(reader, tenantId, names);
  const pace = await findScanPace(reader, tenantId);
  return {
    ...groupLines(sortLines(list.lines, { scanned, refused })),
    ...(cut === undefined ? {} : { cut }),
    columns: tellColumns(list),
    estimate: estimateBatch(names.length - refused.size, numbers, pace),
    pace,
  };
}

/** Those of the names that the tenant suppresses, each with the words for it. */
async function findNeverVisited(
  reader: Reader,
  tenantId: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  const isSuppressed = await findSuppressed(reader, [{ tenantId, subjects: names }]);
  const never = names.filter((name) => isSuppressed(tenantId, name));
  return new Map(never.map((name) => [name, sentenceOf(SUPPRESSED)]));
}

function refuseMany({ lines }: ReadList, field: "text" | "rows"): void {
  const names = lines.reduce((sum, { entries }) => sum + entries.length, 0);
  if (Math.max(lines.length, names) <= VALIDATE_LINES_MAX) return;
  const most = `At most ${VALIDATE_LINES_MAX.toLocaleString("en")} lines are sorted at once.`;
  throw new DomainError("INVALID_INPUT", most, {
    errorCode: "TOO_MANY_LINES",
    fieldErrors: { [field]: most },
  });
}

function tellColumns({ columns, nameColumn, choices }: ReadList): ListColumn[] {
  return columns.map((name, at) => ({
    name,
    holds: choices.find(({ index }) => index === at)?.holds ?? null,
    readBy: nameColumn?.index === at ? nameColumn.by : null,
  }));
}
