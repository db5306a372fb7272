import type { ListEntry } from "./find-names.ts";
import type { ListLine } from "./list-reading.ts";

/** One entry of a list and what becomes of it. */
export interface SortedEntry {
  /** 1-based line of the list it stands on. */
  line: number;
  /** As written, trimmed and capped. */
  input: string;
  kind: "valid" | "fixed" | "recent" | "duplicate" | "invalid";
  /** Host in lower case and punycode; null when the entry names none. */
  domain: string | null;
  /** Why the entry is refused; null for all others. */
  reason: string | null;
  /** What was cleaned away; null when nothing was. */
  note: string | null;
  /** Of a duplicate, the line that named the domain first. */
  of: number | null;
  /** Of a recent one, when it was scanned: ISO 8601 in UTC. */
  lastScanAt: string | null;
}

/** A list's entries by what becomes of them. Groups exclude each other. */
export interface SortedLines {
  valid: { line: number; domain: string }[];
  fixed: { line: number; input: string; domain: string }[];
  recent: { line: number; domain: string; lastScanAt: string }[];
  duplicates: { line: number; input: string; of: number }[];
  invalid: { line: number; input: string; reason: string }[];
}

/** What a tenant knows of domains, by domain. */
export interface KnownDomains {
  /** When those were scanned that were scanned lately. */
  scanned?: ReadonlyMap<string, string>;
  /** Why those are refused that the tenant never visits. */
  refused?: ReadonlyMap<string, string>;
}

/** What becomes of each entry, in the order of the list: invalid, else a duplicate, else scanned lately, else fixed, else valid. */
export function sortLines(lines: readonly ListLine[], known: KnownDomains = {}): SortedEntry[] {
  const first = new Map<string, number>();
  const sorted: SortedEntry[] = [];
  for (const { line, entries } of lines) {
    for (const entry of entries) sorted.push(sortEntry(entry, line, first, known));
  }
  return sorted;
}

function sortEntry(
  entry: ListEntry,
  line: number,
  first: Map<string, number>,
  { scanned, refused }: KnownDomains,
): SortedEntry {
  const { input, domain } = entry;
  const reason = entry.domain === null ? entry.reason : (refused?.get(entry.domain) ?? null);
  if (entry.domain === null || reason !== null) {
    return { line, input, kind: "invalid", domain, reason, note: null, of: null, lastScanAt: null };
  }
  const { note } = entry;
  const of = first.get(entry.domain) ?? null;
  const lastScanAt = of === null ? (scanned?.get(entry.domain) ?? null) : null;
  if (of === null) first.set(entry.domain, line);
  const changed = note === null ? "valid" : "fixed";
  const kind = of !== null ? "duplicate" : lastScanAt !== null ? "recent" : changed;
  return { line, input, kind, domain, reason: null, note, of, lastScanAt };
}

/** The same entries in groups. */
export function groupLines(entries: readonly SortedEntry[]): SortedLines {
  const groups: SortedLines = { valid: [], fixed: [], recent: [], duplicates: [], invalid: [] };
  for (const { kind, line, input, domain, reason, of, lastScanAt } of entries) {
    if (domain === null || kind === "invalid")
      groups.invalid.push({ line, input, reason: reason ?? "" });
    else if (kind === "duplicate") groups.duplicates.push({ line, input, of: of ?? line });
    else if (kind === "recent") groups.recent.push({ line, domain, lastScanAt: lastScanAt ?? "" });
    else if (kind === "fixed") groups.fixed.push({ line, input, domain });
    else groups.valid.push({ line, domain });
  }
  return groups;
}
