import { randomUUID } from "node:crypto";
import { EXPORTS_AT_ONCE, PERMISSIONS, ROLES } from "@scrapersky/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SIGNED_IN } from "../src/rest/rest-route.ts";
import { V3_ROUTES } from "../src/rest/v3-routes.ts";
import { answerWaitingJobs } from "./answered-batch.ts";
import { type Operation, OPERATIONS } from "./operations.ts";
import { FAR_OWNER, OWNER, type Stack, startStack } from "./stack.ts";
import { hideKeys, takeDatabaseAway } from "./take-away.ts";

interface Sent {
  path?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

interface Case {
  /** A job in this state, of a running batch, that is only there for a moment: the lists have one, which is complete. */
  aside?:
    | "pending"
    | "cancelled"
    | "failed"
    | "bulk"
    | "schedule"
    | "paused schedule"
    | "webhook"
    | "disabled webhook"
    | "lead"
    | "scan"
    | "role"
    | "narrow key"
    | "own tenant";
  /** What is done before the answer of this status is asked for. */
  before?: (status: number) => Promise<unknown>;
  /** What the example is an answer to. */
  asks: () => Sent;
  /** Rights that this request needs beside those of every request to the route. */
  rights?: readonly string[];
  /** What names something that is not there, where the path does not. */
  unknown?: () => Sent;
  /** What is sent to get the other statuses that no other route has, by status. */
  refused?: Record<number, () => Sent>;
}

const BATCH = "/api/v3/batch_page_scraper/batch";
/** Ids of the rows that the examples are about. */
const ids = {
  batch: "",
  job: "",
  person: "",
  purge: "",
  bulk: "",
  asOf: "",
  schedule: "",
  webhook: "",
  delivery: "",
  domain: "",
  viewer: "",
  drift: "",
};
const ASIDE = {
  tenant: randomUUID(),
  feature: randomUUID(),
  other: randomUUID(),
  entry: randomUUID(),
  run: randomUUID(),
  saved: randomUUID(),
  person: randomUUID(),
  key: randomUUID(),
  view: randomUUID(),
  batch: randomUUID(),
  job: randomUUID(),
  schedule: randomUUID(),
  webhook: randomUUID(),
  export: randomUUID(),
  delivery: randomUUID(),
  bulk: randomUUID(),
};
/** Exports of each list that did not reach their reader whole. */
const abandoned: Record<string, string> = {};

/** Where a copy of a list begins, and places told by a database that was there before. */
const SINCE = "?updated_since=2026-01-01";
const COPIED = ["leads", "contacts", "pages", "jobs", "batches"] as const;
const otherPlaces: Partial<Record<(typeof COPIED)[number], string>> = {};
const atOtherPlace = (list: (typeof COPIED)[number]) => () => ({
  path: `/api/v3/${list}${SINCE}&cursor=${otherPlaces[list]}`,
});

/** Sent again, it makes no second batch. */
const CREATED = { body: { domains: ["example.com"] }, headers: { "idempotency-key": "used" } };
const SORTED = [
  "Name,Website",
  "Acme,acme-bakery.com",
  "Harbor,https://www.harbor-dental.com/",
  "Example,example.com",
  "Acme again,ACME-bakery.com",
  "None,unknown",
];
/** Sent again, it begins no second one. */
const ONCE = { "idempotency-key": "bulk" };
const retrying = () => ({
  action: "jobs.retry",
  list: "jobs",
  filter: { batch_id: ids.batch },
  as_of: ids.asOf,
});
const SCHEDULES = "/api/v3/schedules";
const SCHEDULE = { name: "Bakeries", cron: "30 6 * * MON-FRI", time_zone: "Europe/Berlin" };
const AS_READ = "2026-11-21T09:00:00.123456+00:00";
/** Sent again, it makes no second schedule. */
const createdSchedule = (more: object = {}): Sent => ({
  body: { ...SCHEDULE, batch_id: ids.batch, ...more },
  headers: { "idempotency-key": "used" },
});
const IMPORTER = {
  body: { name: "Importer", scopes: ["jobs:read"] },
  headers: { "idempotency-key": "made" },
};
/** Whatever a viewer may: nobody changes somebody who may more. */
const VIEWING = [...ROLES.viewer.permissions];
const WEBHOOKS = "/api/v3/webhooks";
const DELIVERIES = "/api/v3/deliveries";
/** Sent again, it makes no second webhook. */
const createdWebhook = (more: object = {}): Sent => ({
  body: { url: "https://example.com/scrapersky", events: ["batch.finished"], ...more },
  headers: { "idempotency-key": "used" },
});
/** An act on a webhook that stands aside, which may be disabled. */
const actOnWebhook = (act: string, more: Sent = {}): Sent => ({
  path: `${WEBHOOKS}/${ASIDE.webhook}/${act}`,
  ...more,
});
const disableAside = (status: number) =>
  stack.rows("update app.webhooks set state = :state, reason = :reason where id = :webhook::uuid", {
    webhook: ASIDE.webhook,
    state: status === 200 ? "active" : "inactive",
    reason: status === 200 ? null : "asked",
  });
const LEAD = "/api/v3/leads/example.com";
/** Sent again, it makes no second batch. */
const SCAN = { body: { base_url: "https://example.com" }, headers: { "idempotency-key": "scan" } };
/** Other examples have left exports of theirs. */
const keepOneExport = async () => {
  await stack.rows("delete from app.exports");
  await stack.rows(
    `insert into app.exports (id, tenant_id, list, format, filters, columns, status, rows, bytes, created_by, ended_at, as_of, seen_from)
     select :export::uuid, tenant_id, 'leads', 'csv', '{}', '{domain}', 'complete', 1, 40, id, now(), now(), now()
     from profiles where id = :person::uuid`,
    { export: ASIDE.export, person: ids.person },
  );
};
const VIEWS = "/api/v3/views";
const VIEW = { list: "batches", name: "Failed", query: "status=failed" };
/** One view of the person's, made anew. */
const keepOneView = async () => {
  await stack.rows("delete from app.saved_views");
  await stack.rows("delete from app.idempotency_keys where key = 'view'");
  await stack.rows(
    `insert into app.saved_views (id, tenant_id, owner_id, list, slug, name, query, shared, updated_at)
     select :view::uuid, tenant_id, id, 'batches', 'failed', 'Failed', 'status=failed', false, :at::timestamptz
     from profiles where id = :person::uuid`,
    { view: ASIDE.view, at: AS_READ, person: ids.person },
  );
};
const noView = () => stack.rows("delete from app.saved_views");
const createdView = (more: object = {}): Sent => ({
  body: { ...VIEW, ...more },
  headers: { "idempotency-key": "view" },
});
const ROLE_ID = 7_000;
const ROLE = { name: "caller", permissions: ["jobs:read"] };
const PREFERENCES = "/api/v3/me/preferences";
const TENANTS = "/api/v3/tenants";
const FEATURES = "/api/v3/features";
const ENTRIES = "/api/v3/sidebar/entries";
const PORTAL = "/api/v3/db-portal";
/** Sent again, it makes no second entry. */
const createdEntry = (more: object = {}): Sent => ({
  body: { name: "Bakeries", url_path: "/leads", ...more },
  headers: { "idempotency-key": "entry" },
});
const WITHOUT: Case = { asks: () => ({}) };
const TABLES = "/api/v3/db-portal/tables";
/** The platform's staff are people of a tenant too. */
const makeStaff = () =>
  stack.rows("update profiles set role = 'GLOBAL_ADMIN' where id = :person::uuid", {
    person: ids.person,
  });
const exportOf = (list: string): Case => ({
  asks: () => ({ path: `/api/v3/export/${list}.json` }),
  refused: {
    409: () => ({ path: `/api/v3/export/${list}.json?since=${abandoned[list]}` }),
    422: () => ({ path: `/api/v3/export/${list}.json?columns=all` }),
  },
});
const CASES: Record<string, Case> = {
  createBatch: {
    asks: () => CREATED,
    refused: {
      400: () => ({ body: { domains: [] } }),
      409: () => ({ ...CREATED, body: { domains: ["other.example"] } }),
      422: () => ({ body: { domains: ["example.com"], max_pages: 1001 } }),
    },
  },
  validateList: {
    asks: () => ({ body: { text: SORTED.join("\n") } }),
    refused: { 422: () => ({ body: {} }) },
  },
  getBatchStatus: {
    asks: () => ({ path: `${BATCH}/${ids.batch}/status` }),
    refused: {
      304: () => ({ path: `${BATCH}/${ids.batch}/status`, headers: { "if-none-match": etag } }),
    },
  },
  cancelBatch: { aside: "pending", asks: () => ({ path: `${BATCH}/${ASIDE.batch}/cancel` }) },
  pauseBatch: {
    aside: "pending",
    asks: () => ({ path: `${BATCH}/${ASIDE.batch}/pause` }),
    refused: { 409: () => ({ path: `${BATCH}/${ASIDE.batch}/pause` }) },
  },
  resumeBatch: {
    aside: "pending",
    asks: () => ({ path: `${BATCH}/${ASIDE.batch}/resume` }),
    refused: { 409: () => ({ path: `${BATCH}/${ASIDE.batch}/resume` }) },
  },
  renameBatch: {
    aside: "pending",
    asks: () => ({ path: `${BATCH}/${ASIDE.batch}/rename`, body: { label: "Bakers" } }),
    refused: {
      409: () => ({
        path: `${BATCH}/${ASIDE.batch}/rename`,
        body: { label: "Bakers", expected_renamed_at: null },
      }),
      422: () => ({ path: `${BATCH}/${ids.batch}/rename`, body: { label: "x".repeat(201) } }),
    },
  },
  deleteBatch: {
    aside: "cancelled",
    before: async (status) => {
      await stack.rows("delete from app.batch_removals");
      await stack.rows("update batch_jobs set status = :now where batch_id = :batch::uuid", {
        batch: ASIDE.batch,
        now: status === 200 ? "complete" : "running",
      });
    },
    asks: () => ({ path: `${BATCH}/${ASIDE.batch}/delete` }),
    refused: { 409: () => ({ path: `${BATCH}/${ASIDE.batch}/delete` }) },
  },
  restoreBatch: {
    before: () =>
      stack.rows(
        `insert into app.batch_removals (batch_id, tenant_id, due_at)
         select batch_id, tenant_id, now() + interval '1 hour' from batch_jobs where batch_id = :batch::uuid`,
        { batch: ids.batch },
      ),
    asks: () => ({ path: `${BATCH}/${ids.batch}/restore` }),
  },
  retryFailedJobs: {
    aside: "failed",
    asks: () => ({ path: `${BATCH}/${ASIDE.batch}/retry`, body: { error_codes: ["timeout"] } }),
    refused: {
      409: () => ({ path: `${BATCH}/${ASIDE.batch}/retry` }),
      422: () => ({ path: `${BATCH}/${ids.batch}/retry`, body: { max_pages: 1001 } }),
    },
  },
  getHealth: WITHOUT,
  listJobs: {
    ...WITHOUT,
    refused: { 409: atOtherPlace("jobs"), 422: () => ({ path: "/api/v3/jobs?limit=1001" }) },
  },
  getLead: { asks: () => ({ path: "/api/v3/leads/example.com" }) },
  listLeads: {
    ...WITHOUT,
    refused: {
      409: atOtherPlace("leads"),
      422: () => ({ path: "/api/v3/leads?limit=1001" }),
    },
  },
  listContacts: {
    ...WITHOUT,
    refused: {
      409: atOtherPlace("contacts"),
      422: () => ({ path: "/api/v3/contacts?limit=1001" }),
    },
  },
  listPages: {
    ...WITHOUT,
    refused: { 409: atOtherPlace("pages"), 422: () => ({ path: "/api/v3/pages?limit=1001" }) },
  },
  listBatches: {
    ...WITHOUT,
    refused: { 409: atOtherPlace("batches"), 422: () => ({ path: "/api/v3/batches?limit=1001" }) },
  },
  exportLeads: exportOf("leads"),
  exportContacts: exportOf("contacts"),
  exportPages: exportOf("pages"),
  exportJobs: exportOf("jobs"),
  exportAudit: {
    ...exportOf("audit"),
    asks: () => ({ path: "/api/v3/export/audit.json?action=batches.create" }),
  },
  exportBatches: exportOf("batches"),
  exportBatchList: {
    asks: () => ({ path: `/api/v3/export/batches/${ids.batch}/list.json` }),
  },
  getJob: { asks: () => ({ path: `/api/v3/jobs/${ids.job}` }) },
  retryJob: {
    aside: "cancelled",
    asks: () => ({ path: `/api/v3/jobs/${ASIDE.job}/retry`, body: { max_pages: 50 } }),
    refused: {
      409: () => ({ path: `/api/v3/jobs/${ids.job}/retry` }),
      422: () => ({ path: `/api/v3/jobs/${ASIDE.job}/retry`, body: { max_pages: 1001 } }),
    },
  },
  cancelJob: { aside: "pending", asks: () => ({ path: `/api/v3/jobs/${ASIDE.job}/cancel` }) },
  listProfiles: { ...WITHOUT, refused: { 422: () => ({ path: "/api/v3/profiles?limit=1001" }) } },
  getProfile: { asks: () => ({ path: `/api/v3/profiles/${ids.person}` }) },
  listSuppressions: {
    ...WITHOUT,
    refused: { 422: () => ({ path: "/api/v3/suppressions?limit=1001" }) },
  },
  addSuppressions: {
    asks: () => ({
      body: { entries: ["*@gmx.de", "anna@"] },
      headers: { "idempotency-key": "suppressed" },
    }),
    refused: {
      400: () => ({ body: { entries: [] } }),
      409: () => ({
        body: { entries: ["other.example"] },
        headers: { "idempotency-key": "suppressed" },
      }),
      422: () => ({ body: {} }),
    },
  },
  removeSuppressions: {
    asks: () => ({ body: { entries: ["never.example"] } }),
    refused: { 400: () => ({ body: { entries: [] } }), 422: () => ({ body: {} }) },
  },
  getPurge: { asks: () => ({ path: `/api/v3/suppressions/purges/${ids.purge}` }) },
  previewErasure: {
    asks: () => ({ body: { subject: "anna@example.net" } }),
    rights: ["contacts:read"],
    refused: { 422: () => ({ body: {} }) },
  },
  listBulkActions: {
    ...WITHOUT,
    refused: { 422: () => ({ path: "/api/v3/bulk?limit=1001" }) },
  },
  previewBulk: {
    asks: () => ({ body: retrying() }),
    rights: ["jobs:retry"],
    refused: { 422: () => ({ body: { list: "jobs", filter: {} } }) },
  },
  startBulk: {
    asks: () => ({ body: retrying(), headers: ONCE }),
    rights: ["jobs:retry"],
    refused: {
      409: () => ({
        body: { ...retrying(), action: "jobs.cancel" },
        headers: ONCE,
      }),
      422: () => ({ body: { list: "jobs", filter: {} } }),
    },
  },
  getBulkAction: { asks: () => ({ path: `/api/v3/bulk/${ids.bulk}` }) },
  listSkippedRows: { asks: () => ({ path: `/api/v3/bulk/${ids.bulk}/skipped` }) },
  cancelBulk: {
    asks: () => ({ path: `/api/v3/bulk/${ids.bulk}/cancel` }),
    rights: ["jobs:retry"],
  },
  undoBulk: {
    aside: "bulk",
    asks: () => ({ path: `/api/v3/bulk/${ASIDE.bulk}/undo` }),
    rights: ["leads:write"],
    refused: { 409: () => ({ path: `/api/v3/bulk/${ids.bulk}/undo` }) },
  },
  rescanDomains: {
    aside: "bulk",
    asks: () => ({ body: { filter: {}, as_of: ids.asOf }, headers: ONCE }),
    rights: ["domains:read"],
    refused: {
      409: () => ({ body: { filter: {}, as_of: ids.asOf, label: "Other" }, headers: ONCE }),
      422: () => ({ body: {} }),
    },
  },
  listSchedules: {
    ...WITHOUT,
    refused: { 422: () => ({ path: `${SCHEDULES}?limit=1001` }) },
  },
  previewSchedule: {
    asks: () => ({ body: { cron: SCHEDULE.cron, time_zone: SCHEDULE.time_zone } }),
    refused: { 422: () => ({ body: { time_zone: "UTC" } }) },
  },
  getSchedule: { asks: () => ({ path: `${SCHEDULES}/${ids.schedule}` }) },
  createSchedule: {
    asks: createdSchedule,
    unknown: () => ({ body: { ...SCHEDULE, batch_id: randomUUID() } }),
    refused: {
      409: () => createdSchedule({ name: "Others" }),
      422: () => ({ body: { ...SCHEDULE, name: undefined } }),
    },
  },
  updateSchedule: {
    aside: "schedule",
    asks: () => ({ path: `${SCHEDULES}/${ASIDE.schedule}`, body: { updated_at: AS_READ } }),
    refused: {
      409: () => ({ path: `${SCHEDULES}/${ASIDE.schedule}`, body: { updated_at: AS_READ } }),
      422: () => ({ path: `${SCHEDULES}/${ASIDE.schedule}`, body: { name: "Bakeries" } }),
    },
  },
  pauseSchedule: {
    aside: "schedule",
    asks: () => ({ path: `${SCHEDULES}/${ASIDE.schedule}/pause` }),
  },
  resumeSchedule: {
    aside: "paused schedule",
    asks: () => ({ path: `${SCHEDULES}/${ASIDE.schedule}/resume` }),
  },
  runSchedule: {
    aside: "schedule",
    asks: () => ({ path: `${SCHEDULES}/${ASIDE.schedule}/run` }),
    refused: {
      409: () => ({ path: `${SCHEDULES}/${ASIDE.schedule}/run` }),
      422: () => ({
        path: `${SCHEDULES}/${ASIDE.schedule}/run`,
        headers: { "idempotency-key": "x".repeat(256) },
      }),
    },
  },
  deleteSchedule: {
    aside: "schedule",
    asks: () => ({ path: `${SCHEDULES}/${ASIDE.schedule}/delete` }),
  },
  inviteProfile: {
    before: async (status) => {
      if (status === 200) await stack.rows("delete from profiles where email = 'new@example.com'");
      if (status === 200) await stack.rows("delete from app.users where email = 'new@example.com'");
    },
    asks: () => ({ body: { email: "new@example.com", role: "viewer" } }),
    rights: VIEWING,
    unknown: () => ({ body: { email: "other@example.com", role: "nobody" } }),
    refused: {
      409: () => ({ body: { email: "new@example.com", role: "viewer" } }),
      422: () => ({ body: { role: "viewer" } }),
    },
  },
  resendInvitation: {
    before: addColleague,
    asks: () => ({ path: `/api/v3/profiles/${ASIDE.person}/invite` }),
    rights: VIEWING,
    refused: { 409: () => ({ path: `/api/v3/profiles/${ids.person}/invite` }) },
  },
  updateProfile: {
    before: addColleague,
    asks: () => ({ path: `/api/v3/profiles/${ASIDE.person}`, body: { active: false } }),
    rights: VIEWING,
    refused: {
      409: () => ({ path: `/api/v3/profiles/${ids.person}`, body: { active: false } }),
      422: () => ({ path: `/api/v3/profiles/${ids.person}`, body: {} }),
    },
  },
  deleteProfile: {
    before: addColleague,
    asks: () => ({ path: `/api/v3/profiles/${ASIDE.person}` }),
    rights: VIEWING,
    refused: { 409: () => ({ path: `/api/v3/profiles/${ids.person}` }) },
  },
  listAssignments: {
    before: addColleague,
    asks: () => ({ path: `/api/v3/profiles/${ASIDE.person}/roles` }),
  },
  assignRole: {
    before: addColleague,
    asks: () => ({ path: `/api/v3/profiles/${ASIDE.person}/roles`, body: { role: "viewer" } }),
    rights: VIEWING,
    refused: { 422: () => ({ path: `/api/v3/profiles/${ids.person}/roles`, body: {} }) },
  },
  listRoles: {
    before: addColleague,
    asks: () => ({ path: "/api/v3/roles?name=viewer" }),
    rights: VIEWING,
    refused: { 422: () => ({ path: "/api/v3/roles?surprise=1" }) },
  },
  takeBackRole: {
    before: lendToColleague,
    asks: () => ({ path: `/api/v3/profiles/${ASIDE.person}/roles/operator` }),
    rights: VIEWING,
  },
  listKeys: {
    before: () => addKey(true),
    asks: () => ({ path: "/api/v3/keys?state=revoked" }),
    refused: { 422: () => ({ path: "/api/v3/keys?limit=1001" }) },
  },
  createKey: {
    before: async (status) => {
      if (status === 409)
        await stack.post("/api/v3/keys", IMPORTER.body, FAR_OWNER, IMPORTER.headers);
    },
    asks: () => ({ body: IMPORTER.body }),
    rights: ["jobs:read"],
    refused: {
      400: () => ({ body: { name: "x", scopes: [] } }),
      409: () => ({ ...IMPORTER, body: { ...IMPORTER.body, name: "Other" } }),
      422: () => ({ body: { name: "x" } }),
    },
  },
  rotateKey: {
    before: (status) => (status === 200 ? addKey(false) : Promise.resolve()),
    asks: () => ({ path: `/api/v3/keys/${ASIDE.key}/rotate` }),
    rights: ["jobs:read"],
    refused: {
      409: () => ({ path: `/api/v3/keys/${ASIDE.key}/rotate` }),
      422: () => ({ path: `/api/v3/keys/${ASIDE.key}/rotate`, body: { overlap_hours: 169 } }),
    },
  },
  revokeKey: {
    before: () => addKey(false),
    asks: () => ({ path: `/api/v3/keys/${ASIDE.key}` }),
  },
  listAudit: {
    asks: () => ({ path: "/api/v3/audit?action=batches.create" }),
    rights: ["contacts:read"],
    refused: { 422: () => ({ path: "/api/v3/audit?limit=1001" }) },
  },
  listPlatformAudit: {
    before: async () => {
      await makeStaff();
      await stack.rows(
        `insert into app.audit_log (action, target_type, target_id, source, detail)
         values ('platform.grant', 'profile', :person, 'cli', '{"before": {"role": "USER"}, "after": {"role": "GLOBAL_ADMIN"}}')`,
        { person: ids.person },
      );
    },
    asks: () => ({ path: "/api/v3/audit/platform?limit=1" }),
    rights: ["contacts:read"],
    refused: { 422: () => ({ path: "/api/v3/audit/platform?limit=1001" }) },
  },
  listDbTables: {
    before: makeStaff,
    asks: () => ({ path: `${TABLES}?q=user_roles` }),
    refused: { 422: () => ({ path: `${TABLES}?surprise=1` }) },
  },
  getDbTable: { before: makeStaff, asks: () => ({ path: `${TABLES}/public.user_roles` }) },
  sampleDbTable: {
    before: makeStaff,
    asks: () => ({ path: `${TABLES}/public.user_roles/sample` }),
  },
  querySql: {
    before: makeStaff,
    asks: () => ({ body: { sql: "select 1 as one" } }),
    refused: { 422: () => ({ body: {} }) },
  },
  appendBatch: {
    aside: "pending",
    before: () =>
      stack.rows(
        `insert into app.batch_lists
         select copy.* from app.batch_lists one, jsonb_populate_record(one, :changes::jsonb) copy
         where one.batch_id = :batch::uuid on conflict do nothing`,
        { batch: ids.batch, changes: { batch_id: ASIDE.batch } },
      ),
    asks: () => ({
      path: `${BATCH}/${ASIDE.batch}/append`,
      body: { domains: ["more.example"] },
      headers: { "idempotency-key": "append" },
    }),
    unknown: () => ({
      path: `${BATCH}/${randomUUID()}/append`,
      body: { domains: ["more.example"] },
    }),
    refused: {
      400: () => ({ path: `${BATCH}/${ASIDE.batch}/append`, body: { domains: [] } }),
      409: () => ({
        path: `${BATCH}/${ASIDE.batch}/append`,
        body: { domains: ["other.example"] },
        headers: { "idempotency-key": "append" },
      }),
      422: () => ({ path: `${BATCH}/${ASIDE.batch}/append`, body: {} }),
    },
  },
  scan: {
    aside: "scan",
    asks: () => SCAN,
    refused: {
      409: () => ({ ...SCAN, body: { base_url: "other.example" } }),
      422: () => ({ body: {} }),
    },
  },
  getScanStatus: { asks: () => ({ path: `/api/v3/status/${ids.job}` }) },
  updateLead: {
    aside: "lead",
    asks: () => ({ path: LEAD, body: { label: "Called" } }),
    refused: {
      409: () => ({ path: LEAD, body: { label: "Again", noted_at: null } }),
      422: () => ({ path: LEAD, body: { label: "x".repeat(201) } }),
    },
  },
  chooseEmail: {
    aside: "lead",
    asks: () => ({ path: `${LEAD}/best-email`, body: { email: "info@example.com" } }),
    refused: {
      409: () => ({ path: `${LEAD}/best-email`, body: { email: null, noted_at: null } }),
      422: () => ({ path: `${LEAD}/best-email`, body: { email: "x".repeat(321) } }),
    },
  },
  choosePhone: {
    aside: "lead",
    asks: () => ({ path: `${LEAD}/best-phone`, body: { e164: null } }),
    refused: {
      409: () => ({ path: `${LEAD}/best-phone`, body: { e164: null, noted_at: null } }),
      422: () => ({ path: `${LEAD}/best-phone`, body: { e164: "x".repeat(321) } }),
    },
  },
  listExports: {
    before: keepOneExport,
    ...WITHOUT,
    refused: { 422: () => ({ path: "/api/v3/exports?limit=1001" }) },
  },
  getExport: {
    before: keepOneExport,
    asks: () => ({ path: `/api/v3/exports/${ASIDE.export}` }),
  },
  getSettings: {
    before: () => stack.rows("delete from app.tenant_settings"),
    asks: () => ({}),
  },
  updateSettings: {
    asks: () => ({ body: { best_email: "role" } }),
    refused: {
      409: () => ({ body: { best_email: "role", updated_at: null } }),
      422: () => ({ body: { best_email: "any" } }),
    },
  },
  listViews: {
    before: keepOneView,
    rights: ["batches:read"],
    asks: () => ({ path: `${VIEWS}?list=batches` }),
    unknown: () => ({ path: `${VIEWS}?list=nothing` }),
    refused: { 422: () => ({ path: VIEWS }) },
  },
  createView: {
    before: (status) => (status === 200 ? noView() : Promise.resolve()),
    rights: ["batches:read"],
    asks: createdView,
    unknown: () => ({ body: { ...VIEW, list: "nothing" } }),
    refused: {
      409: () => createdView({ name: "Others" }),
      422: () => ({ body: { list: "batches" } }),
    },
  },
  updateView: {
    before: keepOneView,
    asks: () => ({
      path: `${VIEWS}/${ASIDE.view}`,
      body: { query: "status=failed,partial", updated_at: AS_READ },
    }),
    refused: {
      409: () => ({
        path: `${VIEWS}/${ASIDE.view}`,
        body: { updated_at: "2026-11-20T09:00:00.123456+00:00" },
      }),
      422: () => ({ path: `${VIEWS}/${ASIDE.view}`, body: {} }),
    },
  },
  deleteView: { before: keepOneView, asks: () => ({ path: `${VIEWS}/${ASIDE.view}` }) },
  listWebhooks: { ...WITHOUT, refused: { 422: () => ({ path: `${WEBHOOKS}?limit=1001` }) } },
  createWebhook: {
    asks: createdWebhook,
    refused: {
      409: () => createdWebhook({ events: ["job.failed"] }),
      422: () => ({ body: { events: ["batch.finished"] } }),
    },
  },
  getWebhook: { asks: () => ({ path: `${WEBHOOKS}/${ids.webhook}` }) },
  updateWebhook: {
    aside: "webhook",
    asks: () => ({ path: `${WEBHOOKS}/${ASIDE.webhook}`, body: { updated_at: AS_READ } }),
    refused: {
      409: () => ({ path: `${WEBHOOKS}/${ASIDE.webhook}`, body: { updated_at: AS_READ } }),
      422: () => ({ path: `${WEBHOOKS}/${ASIDE.webhook}`, body: {} }),
    },
  },
  rotateWebhook: {
    aside: "webhook",
    asks: () => actOnWebhook("rotate"),
    refused: { 422: () => actOnWebhook("rotate", { body: { overlap_hours: 169 } }) },
  },
  testWebhook: {
    aside: "webhook",
    before: disableAside,
    asks: () => actOnWebhook("test"),
    refused: {
      409: () => actOnWebhook("test"),
      422: () => actOnWebhook("test", { headers: { "idempotency-key": "x".repeat(256) } }),
    },
  },
  replayFailed: {
    aside: "webhook",
    before: async (status) => {
      await disableAside(status);
      await stack.rows(
        "update app.webhook_deliveries set state = 'failed', due_at = null, ended_at = now() where id = :delivery::uuid",
        { delivery: ASIDE.delivery },
      );
    },
    asks: () => actOnWebhook("replay"),
    refused: {
      409: () => actOnWebhook("replay"),
      422: () => actOnWebhook("replay", { body: { since: "yesterday" } }),
    },
  },
  enableWebhook: { aside: "disabled webhook", asks: () => actOnWebhook("enable") },
  disableWebhook: { aside: "webhook", asks: () => actOnWebhook("disable") },
  deleteWebhook: { aside: "webhook", asks: () => actOnWebhook("delete") },
  listDeliveries: {
    // Batches of other examples have ended.
    before: () => stack.rows("delete from app.webhook_events where type <> 'webhook.test'"),
    ...WITHOUT,
    refused: { 422: () => ({ path: `${DELIVERIES}?limit=1001` }) },
  },
  getDelivery: { asks: () => ({ path: `${DELIVERIES}/${ids.delivery}` }) },
  replayDelivery: {
    aside: "webhook",
    before: disableAside,
    asks: () => ({ path: `${DELIVERIES}/${ASIDE.delivery}/replay` }),
    refused: { 409: () => ({ path: `${DELIVERIES}/${ASIDE.delivery}/replay` }) },
  },
  erase: {
    asks: () => ({ body: { subject: "anna@example.net" } }),
    refused: { 422: () => ({ body: {} }) },
  },
  getBatchDraft: {
    asks: () => ({ path: `${BATCH}/${ids.batch}/draft` }),
    refused: { 422: () => ({ path: `${BATCH}/${ids.batch}/draft?only=some` }) },
  },
  getOverview: {
    aside: "failed",
    before: () =>
      stack.rows("update batch_jobs set failed_domains = 1 where batch_id = :batch::uuid", {
        batch: ASIDE.batch,
      }),
    asks: () => ({}),
  },
  getDomain: { asks: () => ({ path: `/api/v3/domains/${ids.domain}` }) },
  createRole: {
    aside: "role",
    before: async (status) => {
      await makeStaff();
      if (status === 200) await stack.rows("delete from roles where name = 'caller'");
    },
    asks: () => ({ body: ROLE }),
    rights: ["jobs:read"],
    refused: { 409: () => ({ body: ROLE }), 422: () => ({ body: { permissions: [] } }) },
  },
  updateRole: {
    aside: "role",
    before: keepOneRole,
    asks: () => ({ path: `/api/v3/roles/${ROLE_ID}`, body: { description: "Calls people" } }),
    refused: {
      409: () => ({ path: `/api/v3/roles/${ids.viewer}`, body: { name: "Looker" } }),
      422: () => ({ path: `/api/v3/roles/${ROLE_ID}`, body: { name: "" } }),
    },
  },
  deleteRole: {
    aside: "role",
    before: keepOneRole,
    asks: () => ({ path: `/api/v3/roles/${ROLE_ID}` }),
    refused: { 409: () => ({ path: `/api/v3/roles/${ids.viewer}` }) },
  },
  getMe: { aside: "narrow key", asks: () => ({}) },
  updateMe: {
    asks: () => ({ body: { name: "Ann Example", time_zone: "Europe/Berlin" } }),
    refused: { 422: () => ({ body: { time_zone: "Mars/Base" } }) },
  },
  getPreference: {
    before: () =>
      stack.rows(
        `insert into app.preferences (person_id, key, value) values (:person::uuid, 'columns.leads', '["domain", "town"]')
         on conflict do nothing`,
        { person: ids.person },
      ),
    asks: () => ({ path: `${PREFERENCES}/columns.leads` }),
  },
  setPreference: {
    asks: () => ({ path: `${PREFERENCES}/columns.leads`, body: { value: ["domain", "town"] } }),
    refused: { 422: () => ({ path: `${PREFERENCES}/columns.leads`, body: {} }) },
  },
  getRights: {
    before: addColleague,
    rights: ["rbac:read"],
    asks: () => ({ path: `/api/v3/profiles/${ASIDE.person}/rights` }),
  },
  tellMay: {
    before: addColleague,
    rights: ["rbac:read"],
    asks: () => ({ path: `/api/v3/profiles/${ASIDE.person}/rights/jobs:read` }),
  },
  search: {
    rights: ["profiles:read"],
    asks: () => ({ path: "/api/v3/search?q=ann+example" }),
    refused: { 422: () => ({ path: "/api/v3/search" }) },
  },
  listNotifications: { before: unreadNotification, asks: () => ({}) },
  readNotifications: {
    before: unreadNotification,
    asks: () => ({ path: "/api/v3/notifications/read" }),
    refused: { 422: () => ({ body: { ids: "all" } }) },
  },
  findTenants: {
    before: makeStaff,
    asks: () => ({ path: "/api/v3/tenants?q=harbor" }),
    refused: { 422: () => ({ path: "/api/v3/tenants?state=asleep" }) },
  },
  createTenant: {
    before: async (status) => {
      await makeStaff();
      if (status !== 200) return;
      await stack.rows("delete from tenants where name = 'Bakers'");
      await stack.rows("delete from profiles where email = 'new@example.com'");
      await stack.rows("delete from app.users where email = 'new@example.com'");
    },
    asks: () => ({ body: { name: "Bakers", owner_email: "new@example.com" } }),
    refused: { 409: () => ({ body: { name: "Bakers" } }), 422: () => ({ body: {} }) },
  },
  renameTenant: {
    before: (status) => keepOneTenant(status === 409),
    asks: () => ({ path: `${TENANTS}/${ASIDE.tenant}/rename`, body: { name: "Bakers and sons" } }),
    refused: {
      409: () => ({ path: `${TENANTS}/${ASIDE.tenant}/rename`, body: { name: "Others" } }),
      422: () => ({ path: `${TENANTS}/${ASIDE.tenant}/rename`, body: {} }),
    },
  },
  switchTenant: {
    before: (status) => keepOneTenant(status === 409),
    asks: () => ({ path: `${TENANTS}/${ASIDE.tenant}/switch`, body: { active: false } }),
    refused: {
      409: () => ({ path: `${TENANTS}/${ASIDE.tenant}/switch`, body: { active: true } }),
      422: () => ({ path: `${TENANTS}/${ASIDE.tenant}/switch`, body: {} }),
    },
  },
  deleteTenant: {
    before: (status) => keepOneTenant(status === 409),
    asks: () => ({ path: `${TENANTS}/${ASIDE.tenant}/delete`, body: { name: "Bakers" } }),
    refused: {
      409: () => ({ path: `${TENANTS}/${ASIDE.tenant}/delete`, body: { name: "Bakers" } }),
      422: () => ({ path: `${TENANTS}/${ASIDE.tenant}/delete`, body: {} }),
    },
  },
  restoreTenant: {
    before: (status) => keepOneTenant(status === 200),
    asks: () => ({ path: `${TENANTS}/${ASIDE.tenant}/restore` }),
    refused: { 409: () => ({ path: `${TENANTS}/${ASIDE.tenant}/restore` }) },
  },
  renameOwnTenant: {
    aside: "own tenant",
    asks: () => ({ body: { name: "Harbor" } }),
    refused: { 422: () => ({ body: {} }) },
  },
  deleteOwnTenant: {
    aside: "own tenant",
    before: async () => {
      await bringOwnTenantBack();
      await stack.rows("update profiles set role = 'ADMIN' where id = :person::uuid", {
        person: ids.person,
      });
    },
    asks: () => ({ body: { name: "Harbor Partners" } }),
    refused: { 422: () => ({ body: {} }) },
  },
  listFeatures: { before: keepOneFeature, asks: () => ({}) },
  setFeature: {
    before: keepOneFeature,
    asks: () => ({ path: `${FEATURES}/${ASIDE.feature}/here`, body: { enabled: true } }),
    refused: { 422: () => ({ path: `${FEATURES}/${ASIDE.feature}/here`, body: {} }) },
  },
  createFeature: {
    before: async (status) => {
      await makeStaff();
      if (status === 200) await stack.rows("delete from feature_flags where name = 'exports'");
    },
    asks: () => ({ body: { name: "exports" } }),
    refused: { 409: () => ({ body: { name: "exports" } }), 422: () => ({ body: {} }) },
  },
  updateFeature: {
    before: keepOneFeature,
    asks: () => ({ path: `${FEATURES}/${ASIDE.feature}`, body: { by_default: true } }),
    refused: {
      409: () => ({ path: `${FEATURES}/${ASIDE.other}`, body: { name: "exports" } }),
      422: () => ({ path: `${FEATURES}/${ASIDE.feature}`, body: { name: "" } }),
    },
  },
  deleteFeature: {
    before: keepOneFeature,
    asks: () => ({ path: `${FEATURES}/${ASIDE.feature}` }),
  },
  getSidebar: { before: () => keepOneEntry("all"), rights: ["domains:read"], asks: () => ({}) },
  listSidebarEntries: { before: () => keepOneEntry("tenant"), asks: () => ({}) },
  createSidebarEntry: {
    asks: createdEntry,
    refused: {
      409: () => createdEntry({ name: "Others" }),
      422: () => ({ body: { name: "Bakeries" } }),
    },
  },
  updateSidebarEntry: {
    before: () => keepOneEntry("tenant"),
    asks: () => ({ path: `${ENTRIES}/${ASIDE.entry}`, body: { group: "Results" } }),
    refused: { 422: () => ({ path: `${ENTRIES}/${ASIDE.entry}`, body: { name: "" } }) },
  },
  moveSidebarEntry: {
    before: () => keepOneEntry("tenant"),
    asks: () => ({ path: `${ENTRIES}/${ASIDE.entry}/move`, body: { parent_id: null, order: 20 } }),
    refused: {
      409: () => ({
        path: `${ENTRIES}/${ASIDE.entry}/move`,
        body: { parent_id: ASIDE.entry, order: 1 },
      }),
      422: () => ({ path: `${ENTRIES}/${ASIDE.entry}/move`, body: { order: -1 } }),
    },
  },
  deleteSidebarEntry: {
    before: () => keepOneEntry("tenant"),
    asks: () => ({ path: `${ENTRIES}/${ASIDE.entry}` }),
  },
  getPlatformHealth: {
    before: async () => {
      await keepOneWorker("claiming");
      await stack.rows("delete from pgboss.job");
    },
    asks: () => ({}),
  },
  drainWorker: {
    before: () => keepOneWorker("claiming"),
    asks: () => ({ path: "/api/v3/workers/worker-1/drain" }),
  },
  resumeWorker: {
    before: () => keepOneWorker("draining"),
    asks: () => ({ path: "/api/v3/workers/worker-1/resume" }),
  },
  pauseQueue: { before: makeStaff, asks: () => ({ path: "/api/v3/queues/scrape-domain/pause" }) },
  resumeQueue: { before: makeStaff, asks: () => ({ path: "/api/v3/queues/scrape-domain/resume" }) },
  getDrift: { before: makeDrift, asks: () => ({}) },
  listDriftChanges: {
    before: async () => {
      await makeStaff();
      await stack.rows("delete from app.drift_checks");
      await stack.rows(
        "insert into app.drift_checks (fingerprint, differences, breaking, harmful, harmless) values (repeat('a', 64), '[]', 0, 0, 0)",
      );
    },
    asks: () => ({}),
  },
  checkDrift: { before: makeStaff, asks: () => ({}) },
  ignoreDrift: {
    before: makeDrift,
    asks: () => ({ body: { key: ids.drift, reason: "It is of another program" } }),
    unknown: () => ({ body: { key: "0".repeat(64), reason: "None" } }),
    refused: { 422: () => ({ body: { reason: "None" } }) },
  },
  heedDrift: {
    before: async () => {
      await makeDrift();
      await stack.rows(
        `insert into app.drift_ignored (key, what, reason, person_id) values (:key, 'column', 'Meant', :person::uuid)
         on conflict do nothing`,
        { key: ids.drift, person: ids.person },
      );
    },
    asks: () => ({ body: { key: ids.drift } }),
    unknown: () => ({ body: { key: "0".repeat(64) } }),
    refused: { 422: () => ({ body: {} }) },
  },
  getSqlState: {
    before: makeStaff,
    asks: () => ({ path: `${PORTAL}/sql?q=user_roles` }),
    refused: { 422: () => ({ path: `${PORTAL}/sql?surprise=1` }) },
  },
  explainSql: {
    before: makeStaff,
    asks: () => ({ body: { sql: "select 1 as one" } }),
    refused: { 422: () => ({ body: {} }) },
  },
  listSqlRuns: { before: keepOneRun, asks: () => ({}) },
  cancelSqlRun: {
    before: keepOneRun,
    asks: () => ({ path: `${PORTAL}/runs/${ASIDE.run}/cancel` }),
  },
  listSavedSql: { before: keepOneSaved, asks: () => ({}) },
  saveSql: {
    before: keepOneSaved,
    asks: () => ({ body: { name: "One", sql: "select 1 as one" } }),
    refused: { 422: () => ({ body: { name: "One" } }) },
  },
  deleteSavedSql: {
    before: keepOneSaved,
    asks: () => ({ path: `${PORTAL}/saved/${ASIDE.saved}` }),
  },
  countBatches: WITHOUT,
  countJobs: WITHOUT,
  countLeads: WITHOUT,
  countContacts: WITHOUT,
  countPages: WITHOUT,
  countExports: WITHOUT,
  countProfiles: WITHOUT,
  countKeys: WITHOUT,
  countAudit: WITHOUT,
  countSchedules: WITHOUT,
  countWebhooks: WITHOUT,
  countDeliveries: WITHOUT,
  facetsOfBatches: WITHOUT,
  facetsOfJobs: WITHOUT,
  facetsOfLeads: WITHOUT,
  facetsOfContacts: WITHOUT,
  facetsOfExports: WITHOUT,
};

/** Somebody who was invited and has not come yet, made anew. */
async function addColleague(): Promise<void> {
  const person = { id: ASIDE.person, owner: ids.person };
  await stack.rows("delete from profiles where id = :id::uuid", { id: ASIDE.person });
  await stack.rows("delete from user_tenants where user_id = :id::uuid", { id: ASIDE.person });
  await stack.rows("delete from app.users where email = 'new@example.com'");
  await stack.rows(
    `insert into profiles (id, tenant_id, email, active, role)
     select :id::uuid, tenant_id, 'new@example.com', true, 'USER' from profiles where id = :owner::uuid`,
    person,
  );
  await stack.rows(
    `insert into user_tenants (user_id, tenant_id, role_id)
     select :id::uuid, p.tenant_id, r.id from profiles p, roles r where p.id = :owner::uuid and r.name = 'viewer'`,
    person,
  );
}

/** The same, to whom the owner has lent a role. */
async function lendToColleague(): Promise<void> {
  await addColleague();
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await stack.post(
    `/api/v3/profiles/${ASIDE.person}/roles`,
    { role: "operator", until },
    FAR_OWNER,
  );
}

/** A key of a program, made anew. */
async function addKey(isRevoked: boolean): Promise<void> {
  await stack.rows("delete from app.api_keys where service_account_id is not null");
  await stack.rows(
    `with account as (
       insert into app.service_accounts (tenant_id, name)
       select tenant_id, 'Importer' from profiles where id = :person::uuid
       on conflict (tenant_id, name) do update set name = excluded.name returning id, tenant_id
     )
     insert into app.api_keys (id, tenant_id, service_account_id, name, prefix, secret_hash, last4, scopes, revoked_at)
     select :key::uuid, tenant_id, id, 'Importer', '4f0c2a91b7de', 'none', '9c31', '{jobs:read}',
       case when :isRevoked::bool then now() end from account`,
    { person: ids.person, key: ASIDE.key, isRevoked },
  );
}

/** The role of the examples, which nobody has. */
async function keepOneRole(): Promise<void> {
  await makeStaff();
  await stack.rows("delete from roles where name = 'caller'");
  await stack.rows("insert into roles (id, name) values (:id::int, 'caller')", { id: ROLE_ID });
  await stack.rows(
    "insert into role_permissions (role_id, permission_id) select :id::int, id from permissions where name = 'jobs:read'",
    { id: ROLE_ID },
  );
}

/** What the person was told of the batch of the examples, not read yet. */
async function unreadNotification(): Promise<void> {
  await stack.rows("delete from app.notifications");
  await stack.rows(
    `insert into app.notifications (tenant_id, profile_id, batch_id)
     select tenant_id, id, :batch::uuid from profiles where id = :person::uuid`,
    { person: ids.person, batch: ids.batch },
  );
}

/** A tenant of nobody, made anew. */
async function keepOneTenant(isDeleted: boolean): Promise<void> {
  await makeStaff();
  await stack.rows("delete from tenants where id = :tenant::uuid", { tenant: ASIDE.tenant });
  await stack.rows("insert into tenants (id, name) values (:tenant::uuid, 'Bakers')", {
    tenant: ASIDE.tenant,
  });
  if (!isDeleted) return;
  await stack.rows(
    `insert into app.tenant_removals (tenant_id, state, was_active, due_at)
     values (:tenant::uuid, 'asked', true, now() + interval '30 days')`,
    { tenant: ASIDE.tenant },
  );
}

/** The feature of the examples, and another one beside it where a name is taken. */
async function keepOneFeature(status = 200): Promise<void> {
  await makeStaff();
  await stack.rows("delete from feature_flags");
  await stack.rows("insert into feature_flags (id, name) values (:id::uuid, 'exports')", {
    id: ASIDE.feature,
  });
  if (status === 200) return;
  await stack.rows("insert into feature_flags (id, name) values (:id::uuid, 'others')", {
    id: ASIDE.other,
  });
}

/** One entry in all sidebars, or in the tenant's. */
async function keepOneEntry(of: "all" | "tenant"): Promise<void> {
  await stack.rows("delete from sidebar_features");
  const own = { id: ASIDE.entry, person: ids.person };
  await (of === "all"
    ? stack.rows(
        `insert into sidebar_features (id, sidebar_name, url_path, icon, group_name, display_order, requires_permission)
         values (:id::uuid, 'Leads', '/leads', 'building', 'Results', 10, 'domains:read')`,
        { id: ASIDE.entry },
      )
    : stack.rows(
        `insert into sidebar_features (id, tenant_id, sidebar_name, url_path)
         select :id::uuid, tenant_id, 'Bakeries', '/leads' from profiles where id = :person::uuid`,
        own,
      ));
}

async function keepOneWorker(state: "claiming" | "draining"): Promise<void> {
  await makeStaff();
  await stack.rows("delete from app.workers");
  await stack.rows(
    "insert into app.workers (id, state, version, concurrency, running) values ('worker-1', :state, '1.0.0', 20, 0)",
    { state },
  );
}

/** A column that the schema does not know. */
async function makeDrift(): Promise<void> {
  await makeStaff();
  await stack.rows("alter table app.drift_ignored add column if not exists extra text");
  if (ids.drift !== "") return;
  const told = await stack.get("/api/v3/drift", FAR_OWNER);
  const { differences } = (await told.json()) as { differences: { key: string }[] };
  ids.drift = differences[0]?.key ?? "";
}

async function keepOneRun(): Promise<void> {
  await makeStaff();
  await stack.rows("delete from app.sql_runs");
  await stack.rows(
    `insert into app.sql_runs (id, person_id, kind, sql, sql_hash, outcome, row_count, elapsed_ms, ended_at)
     values (:run::uuid, :person::uuid, 'query', 'select 1 as one', 'none', 'answered', 1, 4, now())`,
    { run: ASIDE.run, person: ids.person },
  );
}

async function keepOneSaved(): Promise<void> {
  await makeStaff();
  await stack.rows("delete from app.saved_sql");
  await stack.rows(
    "insert into app.saved_sql (id, person_id, name, sql) values (:saved::uuid, :person::uuid, 'One', 'select 1 as one')",
    { saved: ASIDE.saved, person: ids.person },
  );
}

let stack: Stack;
let etag: string;
beforeAll(async () => {
  stack = await startStack();
  await stack.rows(
    "update profiles set name = 'Ann Example', email = 'ann@example.com', bio = null where email = :email",
    { email: FAR_OWNER },
  );
  const created = await stack.post(BATCH, CREATED.body, FAR_OWNER, CREATED.headers);
  ids.batch = ((await created.json()) as { batch_id: string }).batch_id;
  await answerWaitingJobs(stack);
  const read = async (path: string) => {
    const answer = await stack.get(path, FAR_OWNER);
    etag = answer.headers.get("etag") ?? "";
    return ((await answer.json()) as { data: Record<string, string>[] }).data?.[0];
  };
  ids.job = (await read("/api/v3/jobs"))?.["job_id"] ?? "";
  ids.person = (await read("/api/v3/profiles"))?.["id"] ?? "";
  await stack.rows(
    "update app.api_keys set scopes = :scopes::text[] where profile_id = :person::uuid",
    { person: ids.person, scopes: Object.keys(PERMISSIONS) },
  );
  ids.domain = (await read("/api/v3/leads"))?.["domain_id"] ?? "";
  const [viewer] = await stack.rows<{ id: number }>("select id from roles where name = 'viewer'");
  ids.viewer = String(viewer?.id);
  const suppressed = { entries: ["never.example"], reason: "Asked us by phone" };
  await stack.post("/api/v3/suppressions", suppressed, FAR_OWNER);
  ids.purge = (await read("/api/v3/suppressions"))?.["purge_id"] ?? "";
  ids.asOf = new Date().toISOString();
  await stack.post("/api/v3/bulk", retrying(), FAR_OWNER, ONCE);
  ids.bulk = (await read("/api/v3/bulk"))?.["id"] ?? "";
  await stack.post(SCHEDULES, createdSchedule().body, FAR_OWNER, createdSchedule().headers);
  ids.schedule = (await read(SCHEDULES))?.["id"] ?? "";
  await stack.post(WEBHOOKS, createdWebhook().body, FAR_OWNER, createdWebhook().headers);
  ids.webhook = (await read(WEBHOOKS))?.["id"] ?? "";
  await stack.post(`${WEBHOOKS}/${ids.webhook}/test`, {}, FAR_OWNER);
  ids.delivery = (await read(DELIVERIES))?.["id"] ?? "";
  await stack.rows(
    `with one as (
       update app.webhook_deliveries set state = 'delivered', tries = 1, status = 204, due_at = null, ended_at = now()
       returning id
     )
     insert into app.webhook_tries (delivery_id, number, duration_ms, status) select id, 1, 12, 204 from one`,
  );
  await read(`${BATCH}/${ids.batch}/status`);
  for (const list of ["leads", "contacts", "pages", "jobs", "batches", "audit"]) {
    abandoned[list] = await addAbandoned(list);
  }
  await stack.rows(
    `insert into app.lead_emails (domain_id, email, tenant_id, kind, free, own_domain, pages, takes_mail)
     select domain_id, 'info@example.com', tenant_id, 'role', false, true, '{https://example.com/}', 'yes' from app.leads`,
  );
});
beforeAll(async () => {
  for (const list of COPIED) {
    const told = await stack.get(`/api/v3/${list}${SINCE}`, FAR_OWNER);
    otherPlaces[list] = told.headers.get("x-next-cursor") ?? "";
  }
  await stack.rows("update app.server_starts set id = gen_random_uuid()");
});
afterAll(() => stack.close());

/** An export that did not reach its reader whole. */
async function addAbandoned(list: string): Promise<string> {
  const [row] = await stack.rows<{ id: string }>(
    `insert into app.exports (tenant_id, list, format, filters, columns, status, created_by, ended_at, as_of, seen_from)
     select tenant_id, :list, 'csv', '{}', '{}', 'abandoned', id, now(), now(), now() from profiles where id = :person::uuid
     returning id`,
    { list, person: ids.person },
  );
  return row?.id ?? "";
}

/** Runs `work` while a schedule stands aside, which is a copy of the one that the list has. */
async function withSchedule<T>(isPaused: boolean, work: () => Promise<T>): Promise<T> {
  await stack.rows(
    `insert into app.schedules select copy.* from app.schedules one, jsonb_populate_record(one, :changes::jsonb) copy
     where one.id = :schedule::uuid`,
    {
      schedule: ids.schedule,
      changes: {
        id: ASIDE.schedule,
        updated_at: AS_READ,
        ...(isPaused ? { status: "paused", next_run_at: null } : {}),
      },
    },
  );
  try {
    return await work();
  } finally {
    await stack.rows("delete from app.schedules where id = :schedule::uuid", {
      schedule: ASIDE.schedule,
    });
  }
}

/** Runs `work`, which changes what staff say of the lead; afterwards it is as it was. */
async function withLead<T>(work: () => Promise<T>): Promise<T> {
  const [was] = await stack.rows<{ lead: object }>("select to_jsonb(l) as lead from app.leads l");
  try {
    return await work();
  } finally {
    await stack.rows(
      `update app.leads l set label = w.label, edited_at = w.edited_at, edited_by = w.edited_by, best_email = w.best_email,
         best_email_by = w.best_email_by, best_email_rule = w.best_email_rule, best_phone = w.best_phone,
         best_phone_by = w.best_phone_by, best_phone_rule = w.best_phone_rule
       from jsonb_populate_record(null::app.leads, :lead::jsonb) w where l.domain_id = w.domain_id`,
      { lead: was?.lead ?? {} },
    );
  }
}

const setScopes = (scopes: readonly string[]) =>
  stack.rows("update app.api_keys set scopes = :scopes::text[] where profile_id = :id::uuid", {
    scopes,
    id: ids.person,
  });

/** Runs `work`, which makes a role; afterwards it is gone. */
async function withRole<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await stack.rows("delete from roles where name = 'caller'");
  }
}

/** Runs `work` with a key that may do little. */
async function withNarrowKey<T>(work: () => Promise<T>): Promise<T> {
  await setScopes(["jobs:read"]);
  try {
    return await work();
  } finally {
    await setScopes(Object.keys(PERMISSIONS));
  }
}

/** Runs `work`, which changes or deletes the tenant of the examples; afterwards it is as it was. */
async function withOwnTenant<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await bringOwnTenantBack();
  }
}

async function bringOwnTenantBack(): Promise<void> {
  await stack.rows("delete from app.tenant_removals");
  await stack.rows(
    `update tenants set name = 'Harbor Partners', is_active = true
     where id = (select tenant_id from profiles where id = :person::uuid)`,
    { person: ids.person },
  );
}

/** Runs `work`, which makes a batch; afterwards it is gone. */
async function withScan<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    const others =
      "batch_id in (select o.batch_id from batch_jobs o join batch_jobs b using (tenant_id) where b.batch_id = :batch::uuid and o.batch_id <> b.batch_id)";
    for (const table of ["jobs", "batch_jobs"]) {
      await stack.rows(`delete from ${table} where ${others}`, { batch: ids.batch });
    }
    await stack.rows("delete from app.idempotency_keys where key = 'scan'");
  }
}

/** Runs `work` while a webhook stands aside, which with its delivery is a copy of the one that the list has. */
async function withWebhook<T>(isDisabled: boolean, work: () => Promise<T>): Promise<T> {
  const copy = (table: string, id: string, changes: object) =>
    stack.rows(
      `insert into ${table} select copy.* from ${table} one, jsonb_populate_record(one, :changes::jsonb) copy
       where one.id = :id::uuid`,
      { id, changes },
    );
  await copy("app.webhooks", ids.webhook, {
    id: ASIDE.webhook,
    updated_at: AS_READ,
    ...(isDisabled ? { state: "inactive", reason: "asked" } : {}),
  });
  const delivery = { id: ASIDE.delivery, webhook_id: ASIDE.webhook };
  await copy("app.webhook_deliveries", ids.delivery, delivery);
  try {
    return await work();
  } finally {
    await stack.rows("delete from app.webhooks where id = :webhook::uuid", {
      webhook: ASIDE.webhook,
    });
  }
}

/** Runs `work` while a change of leads stands aside that has just ended; what it began itself is gone afterwards. */
async function withBulk<T>(work: () => Promise<T>): Promise<T> {
  await stack.rows(
    `insert into app.bulk_actions select copy.* from app.bulk_actions one, jsonb_populate_record(one, :changes::jsonb) copy
     where one.id = :bulk::uuid`,
    {
      bulk: ids.bulk,
      changes: {
        id: ASIDE.bulk,
        action: "leads.update",
        list: "leads",
        target: { ids: 1 },
        settings: { label: "Called" },
        done: 1,
        skipped: 0,
        reasons: {},
        ended_at: new Date().toISOString(),
      },
    },
  );
  try {
    return await work();
  } finally {
    for (const text of [
      "delete from jobs where batch_id in (select batch_id from app.bulk_actions)",
      "delete from batch_jobs where batch_id in (select batch_id from app.bulk_actions)",
      "delete from app.idempotency_keys where route = 'domains.rescan'",
      `delete from app.bulk_actions where id <> '${ids.bulk}'`,
    ]) {
      await stack.rows(text);
    }
  }
}

/** Runs `work` while a job stands aside, which is a copy of the one that the lists have. */
async function withAside<T>(aside: Case["aside"], work: () => Promise<T>): Promise<T> {
  if (aside === undefined) return work();
  if (aside === "bulk") return withBulk(work);
  if (aside === "schedule" || aside === "paused schedule") {
    return withSchedule(aside !== "schedule", work);
  }
  if (aside === "role") return withRole(work);
  if (aside === "narrow key") return withNarrowKey(work);
  if (aside === "own tenant") return withOwnTenant(work);
  if (aside === "lead") return withLead(work);
  if (aside === "scan") return withScan(work);
  if (aside === "webhook" || aside === "disabled webhook") {
    return withWebhook(aside !== "webhook", work);
  }
  const status = aside;
  const copy = (table: string, changes: object) =>
    stack.rows(
      `insert into ${table} select copy.* from ${table} one, jsonb_populate_record(one, :changes::jsonb) copy
       where one.batch_id = :batch::uuid`,
      { batch: ids.batch, changes },
    );
  const [{ id } = { id: 0 }] = await stack.rows<{ id: number }>(
    "select max(id) + 1000 as id from jobs",
  );
  const batch = { id_uuid: ASIDE.batch, batch_id: ASIDE.batch };
  await copy("batch_jobs", { id, ...batch, status: "running", total_domains: 2 });
  const nothing = { domain_id: null, result: null, result_data: null, progress: 0 };
  const job = { job_id: ASIDE.job, batch_id: ASIDE.batch };
  await copy("jobs", { id, id_uuid: ASIDE.job, ...job, ...nothing, status });
  await copy("app.scrape_jobs", {
    ...job,
    number: id,
    pages: null,
    error_code: status === "failed" ? "timeout" : null,
  });
  try {
    return await work();
  } finally {
    await stack.rows("delete from jobs where batch_id = :batch::uuid", { batch: ASIDE.batch });
    await stack.rows("delete from batch_jobs where batch_id = :batch::uuid", {
      batch: ASIDE.batch,
    });
  }
}

/** Where nothing else of a request can be wrong, a parameter can that the route does not have. */
function refusedOf(operationId: string): NonNullable<Case["refused"]> {
  const { asks, refused = {} } = CASES[operationId] ?? WITHOUT;
  const { path, responses } = OPERATIONS.find((one) => one.operationId === operationId)!;
  if (responses["422"] === undefined || refused[422] !== undefined) return refused;
  const unknown = () => ({ ...asks(), path: `${asks().path ?? path}?surprise=1` });
  return { ...refused, 422: unknown };
}

/** Asks as somebody who may everything, or as nobody; without a path for an id that nothing has. */
function send({ method, path }: Operation, sent: Sent = {}, isKnown = true): Promise<Response> {
  const who = isKnown ? FAR_OWNER : undefined;
  return method === "get"
    ? stack.get(sent.path ?? path.replace(/\{\w+\}/, randomUUID()), who, sent.headers)
    : stack.send(
        method.toUpperCase(),
        sent.path ?? path.replace(/\{\w+\}/, randomUUID()),
        sent.body ?? {},
        who,
        sent.headers,
      );
}

const NUMBERS =
  "id processing_time duration_seconds bytes elapsed_ms count rows read tables number new_emails new_phones latency_ms in_use idle opening".split(
    " ",
  );

/** What two answers of one form share: ids, times, durations and numbers of rows are any. */
const formOf = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => {
      // Which values a list has is that of its rows.
      if (key === "facets") return Object.keys(inner as object);
      if (NUMBERS.includes(key) && typeof inner === "number") return "<number>";
      if (typeof inner !== "string") return inner;
      return (
        inner
          .replace(/^https?:.*\/sign-in\/link#.+$/, "<link>")
          .replace(/^sk_live_[0-9a-f]{12}_/, "<key>")
          .replace(
            /^<key>(…[0-9a-f]{4}|[0-9a-f]{48})$/,
            (_, rest: string) => `<key ${rest.length}>`,
          )
          .replace(/^[0-9a-f]{64}$/, "<hash>")
          .replace(/^\d{4}-\d\d-\d\d$/, "<day>")
          .replace(/(?<![\d.])\d+\.\d+\.\d+(?![\d.])/, "<version>")
          .replaceAll(/whsec_[\w+/=]+/g, "<secret>")
          .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>")
          // Which of its two sentences follows depends on how the server goes away.
          .replace(/(cannot be reached right now).*/, "$1 …")
          .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00/g, "<time>")
      );
    }),
  );

/** What was answered, to be held against `toldOf`. */
async function heardOf({ operationId }: Operation, answer: Response) {
  const text = await answer.text();
  return { operationId, status: answer.status, body: text && formOf(JSON.parse(text)) };
}

const toldOf = ({ operationId, responses }: Operation, status: number) => {
  const example = responses[status]?.content?.["application/json"].example;
  return { operationId, status, body: example === undefined ? "" : formOf(example) };
};

const routeOf = (operationId: string) => {
  const route = V3_ROUTES.find(({ config }) => config.operationId === operationId);
  if (!route) throw new Error(`no route is called ${operationId}`);
  return route;
};

/** Refuses a key that is missing, and one that is too many. */
const shapeOf = (operationId: string) => routeOf(operationId).answer;

/** The statuses that every route gets by the same thing being wrong. */
const COMMON = new Set(["401", "403", "404", "413", "429", "500", "503"]);
const documenting = (status: number) =>
  OPERATIONS.filter(({ responses }) => responses[status] !== undefined);

test("each route has its example compared here, and each of its other answers", () => {
  expect(Object.keys(CASES).toSorted()).toEqual(
    OPERATIONS.map(({ operationId }) => operationId).toSorted(),
  );
  for (const { operationId, responses } of OPERATIONS) {
    const own = Object.keys(responses).filter((status) => status !== "200" && !COMMON.has(status));
    expect([operationId, own]).toEqual([operationId, Object.keys(refusedOf(operationId))]);
  }
});

describe("each example says what is answered:", () => {
  test.each(OPERATIONS)("$operationId", async (operation) => {
    const { aside, before, asks } = CASES[operation.operationId] ?? WITHOUT;
    const refused = refusedOf(operation.operationId);
    await withAside(aside, async () => {
      await before?.(200);
      const answer = await send(operation, asks());
      expect(await heardOf(operation, answer)).toEqual(toldOf(operation, 200));
      await stack.rows("update batch_jobs set status = 'cancelled' where batch_id = :batch::uuid", {
        batch: ASIDE.batch,
      });
      for (const [status, wrong] of Object.entries(refused)) {
        // What is wrong with a request is said whatever it is about.
        if (status !== "422" || aside === "own tenant") await before?.(Number(status));
        expect(await heardOf(operation, await send(operation, wrong()))).toEqual(
          toldOf(operation, Number(status)),
        );
      }
    });
  });

  test("and its shape is that of answers in other states", async () => {
    const made = await stack.post(BATCH, { domains: ["doc.example", "localhost"] }, OWNER);
    const created = (await made.json()) as { status_url: string };
    shapeOf("createBatch").parse(created);
    const read = async (path: string) => (await stack.get(path, OWNER)).json();
    const pending = shapeOf("getBatchStatus").parse(await read(created.status_url));
    expect(pending).toMatchObject({ status: "pending", start_time: null });
    expect(shapeOf("listJobs").parse(await read("/api/v3/jobs"))).toMatchObject({
      data: [{ status: "failed" }, { status: "pending" }],
    });
    const people = shapeOf("listProfiles").parse(await read("/api/v3/profiles"));
    expect(people).toMatchObject({ data: { length: 4 } });
  });

  test("and whatever a field holds, the answer has a documented status", async () => {
    const garbage = "x".repeat(300);
    const undocumented: string[] = [];
    for (const operation of OPERATIONS) {
      const { asks } = CASES[operation.operationId] ?? WITHOUT;
      const { path = operation.path, ...sent } = asks();
      const attempts: Sent[] = (operation.parameters ?? []).map(({ name, in: place }) => {
        if (place === "header") return { ...sent, path, headers: { [name]: garbage } };
        return { ...sent, path: place === "query" ? `${path}?${name}=${garbage}` : operation.path };
      });
      if (operation.method !== "get") attempts.push({ body: {} }, { body: "{" }, { body: "[]" });
      for (const attempt of attempts) {
        const filled = attempt.path?.replace(/\{\w+\}/, garbage);
        const { status } = await send(operation, filled ? { ...attempt, path: filled } : attempt);
        if (operation.responses[status] === undefined) {
          undocumented.push(`${operation.operationId} ${status}: ${JSON.stringify(attempt)}`);
        }
      }
    }
    expect(undocumented).toEqual([]);
  });

  test("nobody, a body too large, an unknown id", async () => {
    for (const operation of documenting(401)) {
      const nobody = await send(operation, CASES[operation.operationId]?.asks(), false);
      expect(await heardOf(operation, nobody)).toEqual(toldOf(operation, 401));
    }
    for (const operation of documenting(413)) {
      const body = "x".repeat(5 * 1024 * 1024 + 1);
      expect(await heardOf(operation, await send(operation, { body }))).toEqual(
        toldOf(operation, 413),
      );
    }
    for (const operation of documenting(404)) {
      const { path: _known, ...sent } = CASES[operation.operationId]?.asks() ?? {};
      const isList = !operation.path.includes("{");
      const named = CASES[operation.operationId]?.unknown?.();
      const unknown =
        named ?? (isList ? { ...sent, path: `${operation.path}?batch_id=nobody` } : sent);
      expect(await heardOf(operation, await send(operation, unknown))).toEqual(
        toldOf(operation, 404),
      );
    }
    const idOf = ({ operationId }: Operation) => operationId;
    expect(documenting(413).map(idOf)).toContain("createBatch");
    expect(documenting(404).map(idOf)).toContain("getJob");
  });

  test("a key without the right that is told, and with that right alone", async () => {
    for (const operation of documenting(403)) {
      const { permission, alsoNeeds } = routeOf(operation.operationId);
      const sent = () => CASES[operation.operationId]?.asks();
      const ask = () => send(operation, sent());
      await setScopes(Object.keys(PERMISSIONS).filter((other) => other !== permission));
      // What asks for no right is refused to whoever is of another tenant.
      const other = { ...sent()?.headers, "x-tenant-id": randomUUID() };
      const refused =
        permission === SIGNED_IN ? send(operation, { ...sent(), headers: other }) : ask();
      expect(await heardOf(operation, await refused)).toEqual(toldOf(operation, 403));
      const { rights = [] } = CASES[operation.operationId] ?? WITHOUT;
      const own = permission === SIGNED_IN ? [] : [String(permission)];
      await setScopes([...own, ...alsoNeeds, ...rights]);
      const { aside, before } = CASES[operation.operationId] ?? WITHOUT;
      const { status } = await withAside(aside, async () => {
        await before?.(200);
        return ask();
      });
      expect([operation.operationId, status]).toEqual([operation.operationId, 200]);
    }
    await setScopes(Object.keys(PERMISSIONS));
  });

  test("as many at once as are served", async () => {
    // Of too many calls tells limits.test.ts.
    const ofTheirOwn = documenting(429).filter((operation) =>
      JSON.stringify(toldOf(operation, 429)).includes("TOO_MANY_EXPORTS"),
    );
    expect(ofTheirOwn).toHaveLength(7);
    const [under] = await stack.rows<{ id: string }>(
      `insert into app.exports (tenant_id, list, format, filters, columns, status, created_by, leased_until, as_of, seen_from)
       select tenant_id, 'leads', 'csv', '{}', '{}', 'running', id, now() + interval '1 hour', now(), now()
       from profiles, generate_series(1, :many::int) where id = :person::uuid returning id`,
      { person: ids.person, many: EXPORTS_AT_ONCE.tenant },
    );
    expect(under).toBeDefined();
    for (const operation of ofTheirOwn) {
      const refused = await send(operation, CASES[operation.operationId]?.asks());
      expect(await heardOf(operation, refused)).toEqual(toldOf(operation, 429));
    }
    await stack.rows("delete from app.exports where status = 'running'");
  });

  test("a fault of ours, and the database away", async () => {
    const bringKeysBack = await hideKeys(stack);
    for (const operation of documenting(500)) {
      expect(
        await heardOf(operation, await send(operation, CASES[operation.operationId]?.asks())),
      ).toEqual(toldOf(operation, 500));
    }
    await bringKeysBack();
    const bringDatabaseBack = await takeDatabaseAway(stack);
    for (const operation of documenting(503)) {
      expect(
        await heardOf(operation, await send(operation, CASES[operation.operationId]?.asks())),
      ).toEqual(toldOf(operation, 503));
    }
    await bringDatabaseBack();
  });
});
