import * as contract from "@scrapersky/api/contract";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inputOf, PROCEDURES, sampleOf } from "../src/reference/procedure-reference.ts";
import { V3_ROUTES } from "../src/rest/v3-routes.ts";
import { document, OPERATIONS } from "./operations.ts";
import { type Stack, startStack } from "./stack.ts";
import { compareRoutes } from "./walk-routes.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

describe("the walk", () => {
  test("finds each route documented, and each documented route answered", () => {
    expect(compareRoutes(stack.server.routes, document)).toEqual([]);
  });

  test("names a route that was added to the router or to the document only", () => {
    const app = new Hono();
    app.get("/api/v3/planted/:id", (c) => c.json({}));
    app.all("/api/v3/planted/any", (c) => c.json({}));
    app.route(
      "/api/v4",
      new Hono().get("/jobs", (c) => c.json({})),
    );
    expect(compareRoutes([...stack.server.routes, ...app.routes], document)).toEqual([
      "GET /api/v3/planted/{id} is not documented",
      "ALL /api/v3/planted/any is not documented",
      "GET /api/v4/jobs is not documented",
    ]);
    const paths = { ...document.paths, "/api/v3/planted": { post: {} } };
    expect(compareRoutes(stack.server.routes, { paths })).toEqual([
      "POST /api/v3/planted is not answered",
    ]);
  });
});

test("the document is valid OpenAPI 3.1, and each operation has a name and a place", async () => {
  const served = (await (await stack.get("/api/openapi.json")).json()) as object;
  expect(served).toEqual(JSON.parse(JSON.stringify(document)));
  const validator = new Validator();
  expect(await validator.validate(served as Record<string, unknown>)).toEqual({ valid: true });
  expect(validator.version).toBe("3.1");
  const names = OPERATIONS.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(names.length);
  const tags = new Set(document.tags?.map(({ name }) => name));
  expect(V3_ROUTES.filter(({ config }) => !config.tags?.every((tag) => tags.has(tag)))).toEqual([]);
});

test("each route asks for the right that the procedures beside it ask for", () => {
  expect(
    Object.fromEntries(
      V3_ROUTES.map(({ config, permission, alsoNeeds }) => [
        config.operationId,
        permission && [permission, ...alsoNeeds].join(" "),
      ]),
    ),
  ).toEqual({
    listBatches: "batches:read",
    createBatch: "batches:create",
    validateList: "batches:create",
    getBatchStatus: "batches:read",
    cancelBatch: "batches:cancel",
    pauseBatch: "batches:cancel",
    resumeBatch: "batches:cancel",
    retryFailedJobs: "jobs:retry",
    renameBatch: "batches:write",
    deleteBatch: "batches:delete",
    restoreBatch: "batches:delete",
    getHealth: null,
    listJobs: "jobs:read",
    getJob: "jobs:read",
    retryJob: "jobs:retry jobs:read",
    cancelJob: "jobs:cancel jobs:read",
    listLeads: "domains:read",
    getLead: "domains:read",
    listContacts: "contacts:read",
    listPages: "pages:read",
    exportLeads: "export:read domains:read",
    exportContacts: "export:read contacts:read",
    exportPages: "export:read pages:read",
    exportJobs: "export:read jobs:read",
    exportAudit: "export:read audit:read",
    exportBatches: "export:read batches:read",
    exportBatchList: "export:read batches:read contacts:read",
    listProfiles: "profiles:read",
    getProfile: "profiles:read",
    inviteProfile: "profiles:write",
    resendInvitation: "profiles:write",
    updateProfile: "profiles:write profiles:read",
    deleteProfile: "profiles:write",
    listAssignments: "rbac:read",
    assignRole: "rbac:assign",
    listRoles: "rbac:read",
    takeBackRole: "rbac:assign",
    listKeys: "apikeys:read",
    createKey: "apikeys:write",
    rotateKey: "apikeys:write",
    revokeKey: "apikeys:write",
    listAudit: "audit:read",
    listPlatformAudit: "platform:db.read",
    listSuppressions: "suppressions:read",
    addSuppressions: "suppressions:write",
    removeSuppressions: "suppressions:write",
    getPurge: "suppressions:read",
    previewErasure: "suppressions:write",
    erase: "suppressions:write",
    listBulkActions: "jobs:read",
    previewBulk: "jobs:read",
    startBulk: "jobs:read",
    getBulkAction: "jobs:read",
    listSkippedRows: "jobs:read",
    cancelBulk: "jobs:read",
    undoBulk: "jobs:read",
    rescanDomains: "batches:create",
    listSchedules: "schedules:read",
    previewSchedule: "schedules:read",
    getSchedule: "schedules:read",
    createSchedule: "schedules:write batches:create",
    updateSchedule: "schedules:write batches:create",
    pauseSchedule: "schedules:write",
    resumeSchedule: "schedules:write batches:create",
    runSchedule: "schedules:write batches:create",
    deleteSchedule: "schedules:write",
    listDbTables: "platform:db.read",
    getDbTable: "platform:db.read",
    sampleDbTable: "platform:db.read contacts:read",
    querySql: "platform:db.query contacts:read",
    appendBatch: "batches:create",
    scan: "batches:create",
    getScanStatus: "jobs:read",
    updateLead: "leads:write domains:read",
    chooseEmail: "leads:write domains:read contacts:read",
    choosePhone: "leads:write domains:read contacts:read",
    listExports: "export:read",
    getExport: "export:read",
    getSettings: "overview:read",
    updateSettings: "settings:write overview:read",
    listViews: "overview:read",
    createView: "overview:read",
    updateView: "overview:read",
    deleteView: "overview:read",
    listWebhooks: "webhooks:read",
    createWebhook: "webhooks:manage",
    getWebhook: "webhooks:read",
    updateWebhook: "webhooks:manage",
    rotateWebhook: "webhooks:manage",
    testWebhook: "webhooks:manage",
    replayFailed: "webhooks:manage",
    enableWebhook: "webhooks:manage",
    disableWebhook: "webhooks:manage",
    deleteWebhook: "webhooks:manage",
    listDeliveries: "webhooks:read",
    getDelivery: "webhooks:read",
    replayDelivery: "webhooks:manage",
    getBatchDraft: "batches:create batches:read",
    getOverview: "overview:read",
    getDomain: "domains:read",
    createRole: "platform:roles",
    updateRole: "platform:roles",
    deleteRole: "platform:roles",
    getMe: "signed in",
    updateMe: "signed in",
    getPreference: "signed in",
    setPreference: "signed in",
    getRights: "signed in",
    tellMay: "signed in",
    search: "signed in",
    listNotifications: "batches:read",
    readNotifications: "batches:read",
    findTenants: "platform:tenants",
    createTenant: "platform:tenants",
    renameTenant: "platform:tenants",
    switchTenant: "platform:tenants",
    deleteTenant: "platform:tenants",
    restoreTenant: "platform:tenants",
    renameOwnTenant: "tenants:write",
    deleteOwnTenant: "tenants:write",
    listFeatures: "features:read",
    setFeature: "features:write",
    createFeature: "platform:features",
    updateFeature: "platform:features",
    deleteFeature: "platform:features",
    getSidebar: "signed in",
    listSidebarEntries: "features:read",
    createSidebarEntry: "features:write",
    updateSidebarEntry: "features:write",
    moveSidebarEntry: "features:write",
    deleteSidebarEntry: "features:write",
    getPlatformHealth: "platform:health",
    drainWorker: "platform:queue",
    resumeWorker: "platform:queue",
    pauseQueue: "platform:queue",
    resumeQueue: "platform:queue",
    getDrift: "platform:db.read",
    listDriftChanges: "platform:db.read",
    checkDrift: "platform:db.read",
    ignoreDrift: "platform:db.ack",
    heedDrift: "platform:db.ack",
    getSqlState: "platform:db.query",
    explainSql: "platform:db.query",
    listSqlRuns: "platform:db.query",
    cancelSqlRun: "platform:db.query",
    listSavedSql: "platform:db.query",
    saveSql: "platform:db.query",
    deleteSavedSql: "platform:db.query",
    countBatches: "batches:read",
    countJobs: "jobs:read",
    countLeads: "domains:read",
    countContacts: "contacts:read",
    countPages: "pages:read",
    countExports: "export:read",
    countProfiles: "profiles:read",
    countKeys: "apikeys:read",
    countAudit: "audit:read",
    countSchedules: "schedules:read",
    countWebhooks: "webhooks:read",
    countDeliveries: "webhooks:read",
    facetsOfBatches: "batches:read",
    facetsOfJobs: "jobs:read",
    facetsOfLeads: "domains:read",
    facetsOfContacts: "contacts:read",
    facetsOfExports: "export:read",
  });
});

describe("the page of the document", () => {
  test("shows each route with its fields, limits, answers and refusals, and loads nothing", async () => {
    const answer = await stack.get("/api/docs");
    expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none';/);
    const page = await answer.text();
    expect(page).not.toMatch(/<(script|link|img)|url\(|(src|href)="\w*:?\/\/|undefined|\[object/);
    const sections = new Map(
      page
        .split('<section id="')
        .slice(1)
        .map((text) => [
          text.slice(0, text.indexOf('"')),
          text
            .replace(/<[^>]*>/g, " ")
            .replace(/\s+/g, " ")
            .replaceAll("&quot;", '"'),
        ]),
    );
    expect(sections.size).toBe(OPERATIONS.length);
    const batch = sections.get("post-api-v3-batch_page_scraper-batch");
    for (const text of [
      "domains body list of 1 to 10,000 texts, at most 2,000 characters each",
      "max_pages body whole number, 1 to 1,000",
      "max_concurrent body whole number, 1 to 100",
      "Idempotency-Key header text, 1 to 255 characters",
      '{"domains":["example.com"],"max_pages":50,"max_concurrent":5}',
      "Idempotent-Replayed true when",
      "409 This Idempotency-Key was sent with another body before",
      "IDEMPOTENCY_MISMATCH",
      "413 The body is larger than 5 MB",
    ]) {
      expect(batch).toContain(text);
    }
    for (const { method, path, responses } of OPERATIONS) {
      const section = sections.get(`${method}${path.replace(/\W+/g, "-")}`.replace(/-$/, ""));
      expect(section).toContain(` ${method.toUpperCase()} ${path} `);
      const example = JSON.stringify(responses[200]?.content?.["application/json"].example);
      expect(section?.replaceAll(" ", "")).toContain(`Answer${example.replaceAll(" ", "")}`);
      for (const status of Object.keys(responses)) {
        if (status !== "200") expect(section).toContain(` ${status} `);
      }
    }
  });

  test("follows the theme of the dashboard", async () => {
    const bright = await stack.get("/api/docs", undefined, { cookie: "theme=light" });
    expect(await bright.text()).toContain('data-theme="light"');
    expect(await (await stack.get("/api/docs")).text()).toContain('data-theme="system"');
  });
});

describe("the reference", () => {
  test("tells of every route and every procedure once, with samples", async () => {
    const { rest, procedures } = (await (
      await stack.get("/api/reference.json")
    ).json()) as contract.Reference;
    const told = (parts: contract.ReferencePart[]) =>
      parts.flatMap(({ calls }) => calls.map(({ verb, path }) => `${verb} ${path}`)).toSorted();
    expect(told(rest)).toEqual(
      OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`).toSorted(),
    );
    expect(told(procedures)).toEqual(
      PROCEDURES.map(([path, { _def }]) => `${_def.type} ${path}`).toSorted(),
    );
    for (const { samples } of [...rest, ...procedures].flatMap(({ calls }) => calls)) {
      expect(samples.curl).toContain(contract.REFERENCE_ORIGIN);
      expect(samples.typescript).toContain(contract.REFERENCE_ORIGIN);
    }
  });

  test("has for each procedure a sample that it takes", () => {
    const refused = PROCEDURES.flatMap(([path, { _def }]) => {
      const schema = inputOf(_def.inputs);
      if (schema === undefined) return [];
      const [input] = _def.inputs as { safeParse: (given: unknown) => { error?: unknown } }[];
      const given = sampleOf(path, schema);
      const { error } = input!.safeParse(given);
      return error === undefined ? [] : [`${path} ${JSON.stringify(given)} ${String(error)}`];
    });
    expect(refused).toEqual([]);
  });

  test("of REST takes a list's question at its name, or the list says that it does not", () => {
    const lists = Object.entries(contract)
      .filter(([name]) => name.endsWith("_LIST"))
      .map(([, list]) => list as contract.AnyList);
    const takesAll = ({ name, filters, orders }: contract.AnyList): boolean => {
      const at = OPERATIONS.find(
        ({ method, path }) => method === "get" && path === `/api/v3/${name}`,
      );
      const taken = new Set(at?.parameters?.map((parameter) => parameter.name));
      const asked = Object.keys(filters).map(contract.queryName);
      return [...asked, ...(Object.keys(orders).length > 1 ? ["order"] : [])].every((word) =>
        taken.has(word),
      );
    };
    expect(lists.length).toBeGreaterThan(10);
    expect(lists.filter((list) => !takesAll(list)).map(({ name }) => name)).toEqual(
      lists.filter(({ isNarrowInRest }) => isNarrowInRest).map(({ name }) => name),
    );
  });
});
