import type { ScheduleDetail } from "@scrapersky/api/contract";
import { readNumber } from "#batch/number-field.tsx";
import { readLeadFilter, writeLeadFilter } from "./lead-filter.ts";

/** The contract's numbers; the server has the last word on them. */
export const PAGES_MAX = 1000;
export const AT_ONCE_MAX = 100;

/** A schedule as its form holds it. */
export interface ScheduleForm {
  name: string;
  kind: "batch" | "leads";
  batchId: string;
  /** Of a list of leads, or what stands behind the question mark of one. */
  address: string;
  cron: string;
  timeZone: string;
  missed: ScheduleDetail["missed"];
  overlap: ScheduleDetail["overlap"];
  maxPages: string;
  maxConcurrent: string;
}

/** The form of a schedule, or of a new one: Mondays at six, where the reader is. */
export function formOf(schedule: ScheduleDetail | undefined): ScheduleForm {
  const source = schedule?.source;
  return {
    name: schedule?.name ?? "",
    kind: source?.kind ?? "batch",
    batchId: source?.kind === "batch" ? source.batchId : "",
    address: source?.kind === "leads" ? writeLeadFilter(source.filter) : "",
    cron: schedule?.cron ?? "0 6 * * 1",
    timeZone: schedule?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    missed: schedule?.missed ?? "skip",
    overlap: schedule?.overlap ?? "skip",
    maxPages: String(schedule?.maxPages ?? 50),
    maxConcurrent: String(schedule?.maxConcurrent ?? 5),
  };
}

/** What the form sends; undefined while something is missing or wrong. */
export function settingsOf(form: ScheduleForm) {
  const maxPages = readNumber(form.maxPages, PAGES_MAX);
  const maxConcurrent = readNumber(form.maxConcurrent, AT_ONCE_MAX);
  const name = form.name.trim();
  if (!("value" in maxPages) || !("value" in maxConcurrent) || name === "") return undefined;
  if (form.kind === "batch" && form.batchId === "") return undefined;
  const { cron, timeZone, missed, overlap } = form;
  return {
    name,
    cron,
    timeZone,
    missed,
    overlap,
    maxPages: maxPages.value,
    maxConcurrent: maxConcurrent.value,
    source:
      form.kind === "batch"
        ? { kind: "batch" as const, batchId: form.batchId }
        : { kind: "leads" as const, filter: readLeadFilter(form.address) },
  };
}

/** What of it is not as it was: what nobody touched is not sent, so that it stays as others may have it. */
export function changesOf(
  form: ScheduleForm,
  schedule: ScheduleDetail,
  settings: NonNullable<ReturnType<typeof settingsOf>>,
): Partial<typeof settings> {
  const before = formOf(schedule);
  const { source, ...others } = settings;
  const changed = Object.entries(others).filter(
    ([name]) => form[name as keyof typeof others] !== before[name as keyof typeof others],
  );
  const isMoved =
    form.kind !== before.kind ||
    (form.kind === "batch" ? form.batchId !== before.batchId : form.address !== before.address);
  return { ...Object.fromEntries(changed), ...(isMoved ? { source } : {}) };
}
