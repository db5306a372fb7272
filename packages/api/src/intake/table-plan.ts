import { cleanDomainName } from "../domain/domain-name.ts";
import type { Row } from "./delimited-rows.ts";
import { findNames, saysSomething, shownInput } from "./find-names.ts";
import { namesMail, scoreHeader } from "./header-words.ts";
import { columnName } from "./json-elements.ts";
import { mailDomain } from "./mail-domain.ts";

/** Where names are read: which column, and how it was found. `index` counts from 0. */
export interface NameColumn {
  index: number;
  name: string;
  /** `choice` is the reader's own; `email` takes the domains of addresses. */
  by: "header" | "content" | "email" | "choice";
}

/** What the first rows say about all of them. */
export interface TablePlan {
  /** Names the columns; what stands above it is a title. */
  header: Row | null;
  columns: string[];
  /** Cells of a row in which each stands below its name; 0 where columns have none. */
  width: number;
  nameColumn: NameColumn | null;
  /** Whether the column holds e-mail addresses. */
  isMail: boolean;
  /** Columns that could be the one, best first. */
  choices: { index: number; holds: "names" | "emails" }[];
}

interface ColumnFacts {
  index: number;
  name: string;
  header: number;
  isMailHeader: boolean;
  /** Share of the filled cells that hold a name, or an e-mail address. */
  names: number;
  mails: number;
  filled: number;
}

const HEADER_WITHIN_ROWS = 10;
const HEADER_CELL_LENGTH_MAX = 60;
const CELL_NAMES_MAX = 20;
const MOSTLY = 0.5;
/** What many columns hold beside the site: the same few hosts in all rows. */
const PLATFORMS =
  /^(?:[a-z-]+\.)?(?:(?:facebook|instagram|linkedin|twitter|youtube|tiktok|xing|pinterest|yelp)\.[a-z]{2,3}|x\.com|fb\.(?:com|me)|t\.(?:me|co)|wa\.me|youtu\.be|threads\.(?:net|com)|goo\.gl|app\.goo\.gl|g\.page)$/;
const EMPTY_WORDS = /^(?:n\/?a|none|null|keine?|nein|no|-+|\?+|unknown|unbekannt|aucun|ninguno)$/i;

/** The name that a cell consists of; undefined for one that holds more, or a platform's. */
export function exactName(cell: string): string | undefined {
  if (cell.length > 2000 || !/[.。．｡]/.test(cell)) return undefined;
  const trimmed = cell.trim();
  // A blank may stand in a path.
  if (/^[^/]*\s/.test(trimmed.replace(/^[a-z]+:\/+/i, ""))) return undefined;
  const cleaned = cleanDomainName(trimmed);
  return "domain" in cleaned ? cleaned.domain : undefined;
}

/** What rows mean, none of them blank; `keys` are given where columns have names already. */
export function planTable(
  rows: readonly Row[],
  keys: readonly string[] | null,
  column: number | null,
): TablePlan {
  const header = keys === null ? (findHeader(rows) ?? null) : null;
  const data = rows.slice(header === null ? 0 : rows.indexOf(header) + 1);
  const most = Math.max(
    0,
    keys?.length ?? 0,
    header?.cells.length ?? 0,
    ...data.map(({ cells }) => cells.length),
  );
  const columns = Array.from(
    { length: most },
    (_, index) => shownInput(keys?.[index] ?? header?.cells[index] ?? "") || columnName(index),
  );
  const isNamed = keys !== null || header !== null;
  const facts = columns.map((name, index) => factsOf(data, index, name, isNamed));
  const byNames = facts
    .filter(({ names, header: score }) => names >= MOSTLY || (names > 0 && score > 0))
    .toSorted((a, b) => scoreOf(b) - scoreOf(a));
  const byMails = facts.filter(
    ({ mails, isMailHeader }) => mails >= MOSTLY || (isMailHeader && mails > 0),
  );
  const choices = [
    ...byNames.map(({ index }) => ({ index, holds: "names" as const })),
    ...byMails.map(({ index }) => ({ index, holds: "emails" as const })),
  ];
  const nameColumn = chooseColumn(facts, byNames, byMails, column);
  const isMail =
    nameColumn !== null &&
    choices.find(({ index }) => index === nameColumn.index)?.holds === "emails";
  return {
    header,
    columns,
    width: keys?.length ?? header?.cells.length ?? 0,
    nameColumn,
    isMail,
    choices,
  };
}

function chooseColumn(
  facts: readonly ColumnFacts[],
  byNames: readonly ColumnFacts[],
  byMails: readonly ColumnFacts[],
  column: number | null,
): NameColumn | null {
  const chosen = column === null ? undefined : facts[column];
  if (chosen) return { index: chosen.index, name: chosen.name, by: "choice" };
  const [best] = byNames;
  if (best)
    return { index: best.index, name: best.name, by: best.header > 0 ? "header" : "content" };
  const [mail] = byMails;
  if (mail) return { index: mail.index, name: mail.name, by: "email" };
  const named = facts.filter(({ header }) => header > 1).toSorted((a, b) => b.header - a.header)[0];
  return named ? { index: named.index, name: named.name, by: "header" } : null;
}

/** A header's word counts as much as the content; a column that is mostly empty counts less. */
const scoreOf = ({ header, names, filled }: ColumnFacts): number =>
  header + 3 * names * (0.5 + filled / 2);

function factsOf(data: readonly Row[], index: number, name: string, isNamed: boolean): ColumnFacts {
  const cells = data.flatMap(({ cells: all }) => (all[index]?.trim() ? [all[index]] : []));
  const hosts = cells.flatMap((cell) => {
    const exact = exactName(cell) ?? (isNamed ? undefined : firstOfNames(cell));
    return exact === undefined || PLATFORMS.test(exact) ? [] : [exact];
  });
  const mails = cells.filter(holdsMails).length;
  let names = share(hosts.length, cells.length);
  // One host in nearly every row is a platform that we do not know.
  if (hosts.length > 2 && new Set(hosts).size <= hosts.length / 5) names *= 0.3;
  const header = isNamed ? scoreHeader(name) : 0;
  if (names < MOSTLY && header > 0)
    names = Math.max(
      names,
      share(cells.filter((cell) => findNames(cell.slice(0, 2000)).length > 0).length, cells.length),
    );
  return {
    index,
    name,
    header,
    isMailHeader: isNamed && namesMail(name),
    names,
    mails: share(mails, cells.length),
    filled: share(cells.length, data.length),
  };
}

const holdsMails = (cell: string): boolean =>
  mailDomain(cell) !== undefined ||
  cell
    .trim()
    .split(/[\s,;|]+/, CELL_NAMES_MAX)
    .every((word) => mailDomain(word) !== undefined);

/** The first name of a cell in which each word is one. */
function firstOfNames(cell: string): string | undefined {
  const names = cell
    .trim()
    .split(/[\s,;|]+/, CELL_NAMES_MAX)
    .map(exactName);
  return names.every((name) => name !== undefined) ? names[0] : undefined;
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** The row that names the columns, if there is one: by its words, or because nothing in it is like what stands below. */
function findHeader(rows: readonly Row[]): Row | undefined {
  if (rows.length < 2) return undefined;
  const first = rows.findIndex(({ cells }) => cells.some(isFilledIn));
  const zone = rows.slice(0, Math.min(first < 0 ? 1 : first, HEADER_WITHIN_ROWS));
  let best: Row | undefined;
  let bestScore = first < 0 ? 1 : 0;
  for (const row of zone) {
    const score = Math.max(...row.cells.map(headerScore));
    if (score > bestScore) [best, bestScore] = [row, score];
  }
  const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
  best ??= zone.find(
    (row) =>
      row.cells.length > 1 && row.cells.length >= widest / 2 && looksLikeHeader(row, rows[first]),
  );
  if (best === undefined) return undefined;
  const before = zone.slice(0, zone.indexOf(best));
  return before.every((row) => isTitle(row, best.cells.length)) ? best : undefined;
}

const isFilledIn = (cell: string): boolean =>
  exactName(cell) !== undefined || mailDomain(cell) !== undefined;

/** A line above the header, which is no row of the list. */
const isTitle = ({ cells }: Row, width: number): boolean =>
  width > 1
    ? cells.filter(saysSomething).length < width
    : cells.every((cell) => findNames(cell.slice(0, 2000)).length === 0);

const headerScore = (cell: string): number =>
  cell.length > HEADER_CELL_LENGTH_MAX || findNames(cell).length > 0
    ? 0
    : Math.max(scoreHeader(cell), namesMail(cell) ? 1 : 0);

function looksLikeHeader(row: Row, below: Row | undefined): boolean {
  const cells = row.cells.map((cell) => cell.trim());
  const name = below?.cells.findIndex((cell) => exactName(cell) !== undefined) ?? -1;
  return (
    cells.every((cell) => cell.length <= HEADER_CELL_LENGTH_MAX && !/\d/.test(cell)) &&
    cells.every((cell, at) => cell !== "" || at !== name) &&
    new Set(cells).size === cells.length &&
    !EMPTY_WORDS.test(cells[Math.max(name, 0)] ?? "")
  );
}
