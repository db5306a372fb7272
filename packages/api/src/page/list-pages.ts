import { expression, nullable, type Reader } from "@scrapersky/db";
import { domains, pageFound, pages } from "@scrapersky/db/schema";
import { and, desc, eq, gte, inArray, type SQL, sql } from "drizzle-orm";
import { QueryBuilder } from "drizzle-orm/pg-core";
import { isNamed } from "../domain/named-domains.ts";
import { containsFolded } from "../list/contains.ts";
import { defineList } from "../list/define-list.ts";
import { askedOf, descending, type ListRows } from "../list/list-rows.ts";
import type { RowOf } from "../list/row-of.ts";
import type { FindWays } from "../list/ways.ts";
import { isShownPage, isShownSite } from "../suppression/is-shown.ts";
import { isoTimeOrNull } from "../time.ts";
import { PAGE_LIST, type PageItem } from "./page-list.contract.ts";
import type { Rights } from "../list/list-rights.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { withoutReachIn } from "../rbac/without-reach.ts";

const STATUS = expression(nullable("int4"))`(${pages.additionalJson}->>'http_status')::int`;
const LANGUAGE = expression(nullable("text"))`${pages.additionalJson}->>'language'`;
const CONTACT_FORM = expression("bool")`coalesce(${pages.hasContactForm}, false)`;

const domainNamed = (tenantId: string, domain: string): SQL => {
  const found = new QueryBuilder()
    .select({ id: domains.id })
    .from(domains)
    .where(and(eq(domains.tenantId, tenantId), isNamed(domain)))
    .orderBy(desc(eq(domains.domain, domain.toLowerCase())))
    .limit(1);
  return sql`${found}`;
};

const PAGE_CONDITIONS: ListRows<typeof PAGE_LIST>["where"] = {
  type: (types) => inArray(pages.pageType, types),
  domain: (domain, tenantId) => eq(pages.domainId, domainNamed(tenantId, domain)),
  title: (text) => containsFolded(sql`lower(${pages.title})`, text),
  status: (status) => eq(STATUS, status),
  wordsMin: (words) => gte(pages.wordCount, words),
  language: (languages) => inArray(LANGUAGE, languages),
  contactForm: (has) => eq(CONTACT_FORM, has),
};

/** The index on (tenant_id, page_type, first found, id) gives the pages of a type, the one without it all of them. */
const findPageWays: FindWays<typeof PAGE_LIST> = ({ tenantId, filters }) => {
  const { domain, type } = filters;
  const own = eq(pages.tenantId, tenantId);
  const types = [...new Set(type)];
  const ranges =
    domain !== undefined
      ? [and(own, eq(pages.domainId, domainNamed(tenantId, domain)))]
      : type === undefined
        ? [own]
        : types.map((one) => and(own, eq(pages.pageType, one)));
  const ranged = [domain === undefined ? "type" : "domain"];
  return {
    walk: {
      table: pages,
      id: pages.id,
      ranges: ranges.filter((range) => range !== undefined),
      test: and(...askedOf(PAGE_CONDITIONS, tenantId, filters, ranged)),
    },
  };
};

const SHOWN = sql`(${isShownPage(pages.tenantId, pages.url)} and ${isShownSite(pages.tenantId, pages.domainId)})`;

const PAGE_ROWS: ListRows<typeof PAGE_LIST> = {
  tenant: pages.tenantId,
  shown: SHOWN,
  id: pages.id,
  from: (select) => select.from(pages),
  where: PAGE_CONDITIONS,
  orders: {
    newest: descending(
      { value: pageFound(pages.createdAt), type: "timestamp with time zone" },
      pages.id,
    ),
  },
  ways: findPageWays,
};

/** What files tell, and pages with a little more. */
const CELLS = {
  url: pages.url,
  domain: domains.domain,
  type: pages.pageType,
  title: pages.title,
  status: STATUS,
  words: pages.wordCount,
  language: LANGUAGE,
  contactForm: CONTACT_FORM,
  lastScan: pages.lastScan,
  id: pages.id,
};

const COLUMNS = { ...CELLS, domainId: pages.domainId, firstFound: pages.createdAt };

const toItem = (row: RowOf<typeof COLUMNS>, rights: Rights): PageItem => ({
  ...withoutReachIn(row, rights),
  firstFound: isoTimeOrNull(row.firstFound),
  lastScan: isoTimeOrNull(row.lastScan),
});

/** What the list tells of these pages of a tenant, by their ids; those that are not there are missing. */
export async function readPages(
  reader: Reader,
  { tenantId, ...rights }: ContactReader,
  ids: readonly string[],
): Promise<Map<string, PageItem>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .select(COLUMNS)
    .from(pages)
    .innerJoin(domains, eq(domains.id, pages.domainId))
    .where(and(eq(pages.tenantId, tenantId), SHOWN, inArray(pages.id, [...ids])));
  return new Map(rows.map((row) => [row.id, toItem(row, rights)]));
}

export const listPages = defineList(PAGE_LIST, {
  rows: PAGE_ROWS,
  read: ({ reader, page, place }) =>
    reader
      .select({ ...place, ...COLUMNS })
      .from(page)
      .innerJoin(pages, eq(pages.id, page.id))
      .innerJoin(domains, eq(domains.id, pages.domainId)),
  toItem,
  cells: {
    came: pages.createdAt,
    join: (select) => select.innerJoin(domains, eq(domains.id, pages.domainId)),
    columns: CELLS,
  },
});
