import { expression, nullable, typed } from "@scrapersky/db";
import { bulkActions, profiles, serviceAccounts } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { withoutSearch } from "../export/without-search.ts";
import type { Rights } from "../list/list-rights.ts";
import type { RowOf } from "../list/row-of.ts";
import { withoutReach, withoutReachIn } from "../rbac/without-reach.ts";
import { SERVICE_NAME } from "../service-account/service-name.ts";
import { isoTime, isoTimeOrNull } from "../time.ts";
import type { BulkActionName } from "./bulk-list.contract.ts";
import { bulkSentenceOf } from "./bulk-reasons.ts";
import {
  BULK_UNDO_SECONDS,
  type BulkAction,
  type BulkList,
  type BulkStatus,
} from "./bulk.contract.ts";
import { BULK } from "./bulk.state.ts";

/** The acts whose former values are kept. */
export const UNDOABLE: readonly BulkActionName[] = ["leads.update"];

const UNDO_UNTIL = sql`${bulkActions.endedAt} + make_interval(secs => ${BULK_UNDO_SECONDS}::int)`;

/** What a bulk action is told from, where `CREATORS` are joined to its row. */
export const BULK_COLUMNS = {
  id: bulkActions.id,
  action: expression(typed<BulkActionName>(bulkActions.action))`${bulkActions.action}`,
  list: expression(typed<BulkList>(bulkActions.list))`${bulkActions.list}`,
  target: expression(typed<BulkAction["target"]>(bulkActions.target))`${bulkActions.target}`,
  settings: expression(
    typed<BulkAction["settings"]>(bulkActions.settings),
  )`${bulkActions.settings}`,
  status: expression(typed<BulkStatus>(bulkActions.status))`${bulkActions.status}`,
  total: bulkActions.total,
  done: bulkActions.done,
  skipped: bulkActions.skipped,
  failed: bulkActions.failed,
  reasons: bulkActions.reasons,
  error: bulkActions.error,
  batchId: bulkActions.batchId,
  undoUntil: expression(
    nullable("timestamptz"),
  )`case when ${UNDO_UNTIL} > now() then ${UNDO_UNTIL} end`,
  createdBy: bulkActions.createdBy,
  createdByName: expression(nullable("text"))`coalesce(${profiles.name}, ${SERVICE_NAME})`,
  createdAt: bulkActions.createdAt,
  startedAt: bulkActions.startedAt,
  endedAt: bulkActions.endedAt,
};

/** Who began a bulk action: a person or a program. */
export const CREATORS = {
  person: eq(profiles.id, bulkActions.createdBy),
  program: eq(serviceAccounts.id, bulkActions.createdBy),
};

export function toBulkAction(row: RowOf<typeof BULK_COLUMNS>, rights: Rights): BulkAction {
  const { total, done, skipped, failed, createdByName, status, undoUntil } = row;
  const mayUndo = UNDOABLE.includes(row.action) && BULK.can("undo", status) && done > 0;
  return {
    id: row.id,
    action: row.action,
    list: row.list,
    target: withoutSearched(row.target, rights),
    settings: withoutWords(row.settings, rights),
    status,
    total,
    done,
    skipped,
    failed,
    progress: total === 0 ? 100 : Math.floor(((done + skipped + failed) / total) * 100),
    reasons: Object.entries(row.reasons)
      .toSorted(([one, n], [other, m]) => m - n || (one < other ? -1 : 1))
      .map(([reason, count]) => ({ reason, text: bulkSentenceOf(reason), count })),
    error: withoutReach(row.error, rights),
    batchId: row.batchId,
    undoUntil: mayUndo ? isoTimeOrNull(undoUntil) : null,
    createdBy: { id: row.createdBy, name: createdByName },
    createdAt: isoTime(row.createdAt),
    startedAt: isoTimeOrNull(row.startedAt),
    endedAt: isoTimeOrNull(row.endedAt),
  };
}

/** Settings, and of those who may not read contacts none that staff wrote. */
function withoutWords(settings: BulkAction["settings"], rights: Rights): BulkAction["settings"] {
  if (rights.mayReadContacts) return settings;
  const { label: _label, reason: _reason, ...others } = settings;
  return withoutReachIn(others, rights);
}

function withoutSearched(target: BulkAction["target"], rights: Rights): BulkAction["target"] {
  if ("ids" in target || rights.mayReadContacts) return target;
  const { filter, asOf } = target;
  return withoutReachIn({ filter: withoutSearch(filter), q: null, asOf }, rights);
}
