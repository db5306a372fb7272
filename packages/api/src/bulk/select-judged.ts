import type { Reader } from "@scrapersky/db";
import { inArray, sql } from "drizzle-orm";
import type { PgSelect } from "drizzle-orm/pg-core";
import { isUuid } from "../identifier.ts";
import { cameWithin } from "../list/came-within.ts";
import { checkRights, NO_CONTACTS, type Rights } from "../list/list-rights.ts";
import type { AnyList, FilterValues } from "../list/list.contract.ts";
import { conditionsOf, type Fields, selectRows, selectWhere } from "../list/list-rows.ts";
import { rowsFor } from "../list/rows-for.ts";
import { narrowingOf } from "../list/select-by-ways.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import { ownSubjectsOf, type Subjects, subjectsOf } from "./bulk-subjects.ts";
import { verdictOf } from "./bulk-verdicts.ts";
import type { BulkAction, BulkCall, BulkTarget } from "./bulk.contract.ts";

/** The filters of a target in the words of its list. */
export function filtersOf(target: Exclude<BulkTarget, { ids: unknown }>): FilterValues<AnyList> {
  const { filter, q } = target;
  return { ...filter, ...(q === undefined ? {} : { q }) } as FilterValues<AnyList>;
}

/** The ids of a target that can be any. */
export const readableIds = (ids: readonly string[]): string[] => [
  ...new Set(ids.filter(isUuid).map((id) => id.toLowerCase())),
];

/**
 * The rows that a target means: `subject` what is acted on, `reason` why it is left out or null, `name` what it is called, and
 * `named` the id of the row itself.
 * @throws DomainError FORBIDDEN for a filter of contacts by somebody who may not read them
 */
export function selectJudged(
  reader: Reader,
  call: BulkCall,
  { tenantId, ...rights }: ContactReader,
): PgSelect {
  const { target } = call;
  const subjects = subjectsOf(call.action, target.list);
  const fields = fieldsOf(subjects, call, rights);
  if ("ids" in target) return selectById(reader, subjects, fields, tenantId, target.ids);
  const { contract, cells } = subjects.list;
  const rows = rowsFor(subjects.list.rows, rights);
  const filters = filtersOf(target);
  checkRights(contract, filters, rights);
  const came = cells && cameWithin(cells.came, { until: target.asOf, since: null });
  const narrow = narrowingOf(rows, { tenantId, filters }, undefined);
  const beyond = sql.join(
    [came, narrow].filter((part) => part !== undefined),
    sql` and `,
  );
  return subjects.join(selectRows(rows, reader, { tenantId, filters, beyond }, fields));
}

/** The same of subjects that were found before, each by its own id. */
export function selectAgain(
  reader: Reader,
  call: BulkCall,
  tenantId: string,
  ids: readonly string[],
): PgSelect {
  const subjects = ownSubjectsOf(call.action, call.target.list);
  const fields = fieldsOf(subjects, call, NO_CONTACTS);
  return selectById(reader, subjects, fields, tenantId, ids);
}

/** What subjects are called, each by its own id. */
export function selectNames(
  reader: Reader,
  { action, list }: Pick<BulkAction, "action" | "list">,
  { tenantId, ...rights }: ContactReader,
  ids: readonly string[],
): PgSelect {
  const subjects = ownSubjectsOf(action, list);
  return selectById(reader, subjects, namesOf(subjects, rights), tenantId, ids);
}

const namesOf = ({ subject, name }: Subjects, rights: Rights): Fields => ({
  subject: sql`${subject}`.as("subject"),
  name: sql`${name(rights)}`.as("name"),
});

const fieldsOf = (subjects: Subjects, call: BulkCall, rights: Rights): Fields => ({
  ...namesOf(subjects, rights),
  reason: sql`${verdictOf(call)}`.as("reason"),
  named: sql`${subjects.named}`.as("named"),
});

function selectById(
  reader: Reader,
  { list, named, join }: Subjects,
  fields: Fields,
  tenantId: string,
  ids: readonly string[],
): PgSelect {
  const conditions = conditionsOf(list.rows, tenantId, {});
  const some = inArray(named, readableIds(ids));
  return join(selectWhere(list.rows, reader, fields, [...conditions, some]));
}
