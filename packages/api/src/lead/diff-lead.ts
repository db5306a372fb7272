import type { LeadChange } from "./lead.contract.ts";
import {
  FACT_KINDS,
  FACT_TABLES,
  type FactKind,
  type FactRows,
  type Facts,
  keyOf,
  saidColumns,
} from "./fact-tables.ts";
import type { FoundLead, LeadRows } from "./lead-rows.ts";

/** Since when a fact stands there, in the text that Postgres prints; both others are null while it still does. */
export interface Seen {
  firstSeen: string;
  lastSeen: string | null;
  goneAt: string | null;
}

/** What earlier scans left. */
export interface KeptLead {
  /** Null where no scan has told what there is to compare with: then nothing is news. */
  lead: Pick<FoundLead, (typeof LEAD_NEWS)[number][0] | "signals"> | null;
  /** Null where no scan ended well yet. */
  lastSuccess: string | null;
  facts: { [Kind in FactKind]: (FactRows[Kind] & Seen)[] };
}

/** What a scan has to write, and what is news in it. */
export interface LeadDiff {
  /** Rows to write as they are, whether or not they are there already. */
  facts: { [Kind in FactKind]: (FactRows[Kind] & Seen)[] };
  changes: LeadChange[];
  /** Something else was found than before, or for the first time. */
  isNews: boolean;
}

/** What Postgres reads as the beginning of its transaction. */
export const NOW = "now";

const LEAD_NEWS = [
  ["businessName", "business_name"],
  ["legalName", "legal_name"],
  ["country", "country"],
  ["language", "language"],
  ["businessKey", "site"],
  ["reason", "reason"],
] as const;

/**
 * Compares what a scan found with what earlier ones left. A fact that stays as it is is not written; one that went stays,
 * and is told to have been there at the last scan before this one.
 * @param pagesRead addresses of the pages that this scan read
 */
export function diffLead(
  kept: KeptLead,
  { found, facts }: LeadRows,
  pagesRead: ReadonlySet<string>,
): LeadDiff {
  const diff: LeadDiff = {
    facts: { emails: [], phones: [], people: [], socials: [], addresses: [], technologies: [] },
    changes: [],
    isNews: true,
  };
  const lastSuccess = kept.lastSuccess ?? NOW;
  for (const kind of FACT_KINDS) diffKind(kind, { kept, facts, pagesRead, lastSuccess }, diff);
  if (kept.lead === null) return { ...diff, changes: [] };
  for (const [column, of] of LEAD_NEWS) {
    const [from, to] = [kept.lead[column], found[column]];
    if (from !== to) {
      diff.changes.push({
        of,
        what: "changed",
        subject: null,
        field: null,
        from,
        to,
        unread: false,
      });
    }
  }
  const signal = { of: "signal", field: null, from: null, to: null, unread: false } as const;
  for (const subject of found.signals) {
    if (!kept.lead.signals.includes(subject)) {
      diff.changes.push({ ...signal, what: "appeared", subject });
    }
  }
  for (const subject of kept.lead.signals) {
    if (!found.signals.includes(subject)) diff.changes.push({ ...signal, what: "went", subject });
  }
  diff.isNews = diff.changes.length > 0;
  return diff;
}

interface Compared {
  kept: KeptLead;
  facts: Facts;
  pagesRead: ReadonlySet<string>;
  lastSuccess: string;
}

function diffKind<Kind extends FactKind>(
  kind: Kind,
  { kept, facts, pagesRead, lastSuccess }: Compared,
  diff: LeadDiff,
): void {
  const { word, subject, pages, news } = FACT_TABLES[kind];
  const tell = (row: FactRows[Kind], change: Partial<LeadChange> & Pick<LeadChange, "what">) =>
    diff.changes.push({
      of: word(row),
      subject: subject(row),
      field: null,
      from: null,
      to: null,
      unread: false,
      ...change,
    });
  const before = new Map(kept.facts[kind].map((row) => [keyOf(kind, row), row]));
  for (const row of facts[kind]) {
    const known = before.get(keyOf(kind, row));
    before.delete(keyOf(kind, row));
    const isBack = known === undefined || known.goneAt !== null;
    if (!isBack && !differs(kind, known, row)) continue;
    diff.facts[kind].push({
      ...row,
      firstSeen: known?.firstSeen ?? NOW,
      lastSeen: null,
      goneAt: null,
    });
    if (isBack) tell(row, { what: "appeared" });
    else {
      for (const field of news) {
        const [from, to] = [known[field], row[field]].map(textOf) as [string | null, string | null];
        if (from !== to) tell(row, { what: "changed", field, from, to });
      }
    }
  }
  for (const row of before.values()) {
    if (row.goneAt !== null) continue;
    diff.facts[kind].push({ ...row, lastSeen: lastSuccess, goneAt: NOW });
    tell(row, { what: "went", unread: !pages(row).some((page) => pagesRead.has(page ?? "")) });
  }
}

const textOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

/** Whether a column says something else; instants are compared as such, for they are printed in two ways. */
function differs<Kind extends FactKind>(
  kind: Kind,
  one: FactRows[Kind],
  other: FactRows[Kind],
): boolean {
  return saidColumns(kind).some(([name, column]) => {
    const [before, after] = [one, other].map((row) => row[name as keyof FactRows[Kind]]);
    if (before === after) return false;
    if (typeof before === "string" && typeof after === "string") {
      return (
        !column.getSQLType().startsWith("timestamp") || Date.parse(before) !== Date.parse(after)
      );
    }
    return JSON.stringify(before) !== JSON.stringify(after);
  });
}
