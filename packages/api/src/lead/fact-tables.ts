import {
  leadAddresses,
  leadEmails,
  leadPeople,
  leadPhones,
  leadSocials,
  leadTechnologies,
} from "@scrapersky/db/schema";
import { getTableColumns } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { ChangedFact } from "./lead.contract.ts";

/** Columns that storing fills by itself: whose fact it is, and since when. */
const OWN = [
  ...(["domainId", "tenantId", "id"] as const),
  ...(["firstSeen", "lastSeen", "goneAt", "cameAt", "revision"] as const),
] as const;
type Said<Row> = Omit<Row, (typeof OWN)[number]>;

/** What a fact says, by the columns of its table. */
export interface FactRows {
  emails: Said<typeof leadEmails.$inferSelect>;
  phones: Said<typeof leadPhones.$inferSelect>;
  people: Said<typeof leadPeople.$inferSelect>;
  socials: Said<typeof leadSocials.$inferSelect>;
  addresses: Said<typeof leadAddresses.$inferSelect>;
  technologies: Said<typeof leadTechnologies.$inferSelect>;
}
export type FactKind = keyof FactRows;
/** The facts of one scan; no two of a kind are the same one. */
export type Facts = { [Kind in FactKind]: FactRows[Kind][] };

/** How a kind of fact is kept, and told when it changes. */
interface FactTable<Row> {
  table: PgTable;
  /** What makes two facts of a domain the same one. */
  key: readonly (keyof Row & string)[];
  /** Columns of which a change is news; the others only tell where and how it was found. */
  news: readonly (keyof Row & string)[];
  word: (row: Row) => ChangedFact;
  subject: (row: Row) => string;
  pages: (row: Row) => readonly (string | null)[];
}

export const FACT_TABLES: { readonly [Kind in FactKind]: FactTable<FactRows[Kind]> } = {
  emails: {
    table: leadEmails,
    key: ["email"],
    news: ["personName", "personTitle", "takesMail"],
    word: () => "email",
    subject: ({ email }) => email,
    pages: ({ pages }) => pages,
  },
  phones: {
    table: leadPhones,
    key: ["e164", "fax"],
    news: ["label"],
    word: ({ fax }) => (fax ? "fax" : "phone"),
    subject: ({ e164 }) => e164,
    pages: ({ pages }) => pages,
  },
  people: {
    table: leadPeople,
    key: ["name"],
    news: ["title", "email", "phone"],
    word: () => "person",
    subject: ({ name }) => name,
    pages: ({ page }) => [page],
  },
  socials: {
    table: leadSocials,
    key: ["network", "account"],
    news: [],
    word: () => "social",
    subject: ({ network, account }) => `${network} ${account}`,
    pages: ({ page }) => [page],
  },
  addresses: {
    table: leadAddresses,
    key: ["written"],
    news: [],
    word: () => "address",
    subject: ({ written }) => written,
    pages: ({ page }) => [page],
  },
  technologies: {
    table: leadTechnologies,
    key: ["name"],
    news: ["version"],
    word: () => "technology",
    subject: ({ name }) => name,
    pages: ({ page }) => [page],
  },
};

export const FACT_KINDS = Object.keys(FACT_TABLES) as FactKind[];

/** The columns that hold what a fact says, by their names in TypeScript. */
export const saidColumns = (kind: FactKind): [name: string, column: PgColumn][] =>
  Object.entries<PgColumn>(getTableColumns(FACT_TABLES[kind].table)).filter(
    ([name]) => !(OWN as readonly string[]).includes(name),
  );

/** The same for facts of one kind that are the same one. */
export const keyOf = <Kind extends FactKind>(kind: Kind, row: FactRows[Kind]): string =>
  JSON.stringify(FACT_TABLES[kind].key.map((column) => row[column]));
