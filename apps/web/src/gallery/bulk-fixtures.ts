import type { BulkAction, BulkPreview, BulkSkippedRows } from "@scrapersky/api/contract";
import { ago, id } from "./fixture-base.ts";

// Made-up bulk actions: one under way, one that ended, one that was stopped.

const MARTA = { id: id(1), name: "Marta Keller" };
const OPEN = { reason: "still_open", text: "It waits or runs already." };
const NO_SITE = {
  reason: "no_site",
  text: "This line names no web site that could be scanned.",
};

export const BULK: BulkAction = {
  id: id(81),
  action: "jobs.retry",
  list: "jobs",
  target: { filter: { status: ["failed"], errorCode: ["timeout"] }, q: "dental", asOf: ago(90) },
  settings: {},
  status: "running",
  total: 40_000,
  done: 12_480,
  skipped: 317,
  failed: 2,
  progress: 31,
  reasons: [
    { ...OPEN, count: 300 },
    { ...NO_SITE, count: 17 },
    { reason: "fault", text: "It could not be done: the database refused it.", count: 2 },
  ],
  error: null,
  batchId: null,
  undoUntil: null,
  createdBy: MARTA,
  createdAt: ago(90),
  startedAt: ago(89),
  endedAt: null,
};

export const BULK_ENDED: BulkAction = {
  ...BULK,
  id: id(82),
  action: "leads.update",
  list: "leads",
  target: { ids: 12 },
  settings: { label: "Bern, spring" },
  status: "complete",
  total: 12,
  done: 11,
  skipped: 1,
  failed: 0,
  progress: 100,
  reasons: [{ reason: "unchanged", text: "It is so already.", count: 1 }],
  undoUntil: ago(-10),
  createdAt: ago(4000),
  startedAt: ago(4000),
  endedAt: ago(3999),
};

export const BULKS: BulkAction[] = [
  BULK,
  BULK_ENDED,
  {
    ...BULK_ENDED,
    id: id(83),
    action: "batches.delete",
    list: "batches",
    target: { filter: { status: ["cancelled"] }, q: null, asOf: ago(9000) },
    settings: {},
    status: "stopped",
    done: 3,
    skipped: 0,
    reasons: [],
    error: "Whoever began it may not delete batches any more.",
    undoUntil: null,
    createdAt: ago(9000),
  },
];

export const BULK_SKIPPED: BulkSkippedRows = {
  total: 319,
  items: [
    { id: id(91), name: "providence-dental.example", ...OPEN },
    {
      id: id(92),
      name: "a-very-long-name-of-a-dental-practice-in-the-canton-of-bern.example",
      ...OPEN,
    },
    { id: id(93), name: "keine", ...NO_SITE },
    { id: id(94), name: null, reason: "gone", text: "It is not there any more." },
  ],
};

/** What a dialog says before an act: one on leads takes them all, one on others takes so many that their number is typed. */
export const previewOf = (action: string): BulkPreview =>
  action.startsWith("leads.")
    ? { total: 2, eligible: 2, ineligible: [], exact: true, asOf: null }
    : {
        total: 4_012,
        eligible: 3_695,
        ineligible: [
          { ...OPEN, count: 300, sample: ["providence-dental.example", "keller-dental.example"] },
          { ...NO_SITE, count: 17, sample: ["keine"] },
        ],
        exact: true,
        asOf: null,
      };
