import type { LeadFilter, ScheduleSource } from "@scrapersky/api/contract";
import { LEAD_LIST } from "@scrapersky/api/lists";
import { readListAddress, writeFilters, type Written } from "#list/list-address.ts";

/** The filter that an address of the list of leads holds, whatever stands before its question mark. */
export function readLeadFilter(address: string): LeadFilter {
  const params = new URLSearchParams(address.slice(address.indexOf("?") + 1));
  const { input } = readListAddress(LEAD_LIST, params);
  const asked = Object.entries(input).filter(
    ([name, value]) => Object.hasOwn(LEAD_LIST.filters, name) && value !== undefined,
  );
  return Object.fromEntries(asked);
}

/** The same filter as an address holds it. */
export function writeLeadFilter(filter: LeadFilter): string {
  const params = new URLSearchParams();
  const written = Object.entries(filter).map(([name, value]) => [name, wordsOf(value)]);
  writeFilters(LEAD_LIST, params, Object.fromEntries(written) as Written<typeof LEAD_LIST>);
  return params.toString();
}

const wordsOf = (value: unknown): string[] => {
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  return [value].flat().map(String);
};

/** What a schedule runs, in words: "Leads: country DE; has email, shop". */
export function sourceWords(source: ScheduleSource): string {
  if (source.kind === "batch") return "The list of a batch";
  const params = new URLSearchParams(writeLeadFilter(source.filter));
  const parts = [...new Set(params.keys())].map(
    (name) =>
      `${name} ${params
        .getAll(name)
        .join(", ")
        .replaceAll(/,(?=\S)/g, ", ")}`,
  );
  return parts.length === 0 ? "All leads" : `Leads: ${parts.join("; ")}`;
}
