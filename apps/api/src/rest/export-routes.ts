import { z } from "@hono/zod-openapi";
import {
  listAudit,
  listBatches,
  listContacts,
  listJobs,
  listLeads,
  listPages,
  RESULT_COLUMNS,
} from "@scrapersky/api";
import { BATCH_NAME_LENGTH_MAX, PERSONAL, queryName } from "@scrapersky/api/contract";
import { sendExport } from "../export/send-export.ts";
import { sheetOfBatch } from "../export/sheet-of-batch.ts";
import {
  declareExportRoute,
  fileAs,
  FILES,
  formatInPath,
  schemaOf,
  TOO_MANY,
} from "./export-route.ts";
import { idInPath } from "./field.ts";
import { declareRoute } from "./rest-route.ts";

const TIMES = {
  createdAt: "2026-11-21T09:00:00.123456+00:00",
  startedAt: "2026-11-21T09:00:01.310022+00:00",
  endedAt: "2026-11-21T09:00:07.310022+00:00",
};
const BATCH = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";

const LINE = {
  line: 1,
  input: "example.com",
  result: "complete",
  of_line: null,
  reason: null,
  domain: "example.com",
  business: "Example Domain",
  best_email: null,
  best_phone: null,
  street: null,
  postcode: null,
  town: null,
  country: null,
  technologies: [],
  pages: 1,
  last_scan: TIMES.endedAt,
};

export const EXPORT_ROUTES = [
  declareExportRoute({
    operationId: "exportLeads",
    list: listLeads,
    words: { batchId: { description: "Its uuid, or what the first system called it" } },
    example: {
      domain: "example.com",
      name: "Example Domain",
      kind: null,
      email: null,
      phone: null,
      street: null,
      postcode: null,
      town: null,
      region: null,
      country: null,
      language: "en",
      technologies: [],
      networks: [],
      signals: [],
      emails: 0,
      phones: 0,
      people: 0,
      reason: "no_contact",
      label: null,
      note: null,
      contactedAt: null,
      doNotContact: false,
      firstScan: TIMES.endedAt,
      lastScan: TIMES.endedAt,
      changedAt: TIMES.endedAt,
      domainId: "9b1d2f40-7a52-4d58-8c39-0a6f1f1f2e41",
    },
  }),

  declareExportRoute({
    operationId: "exportContacts",
    list: listContacts,
    words: { batchId: { description: "Its uuid, or what the first system called it" } },
    example: {
      email: "info@example.com",
      kind: "role",
      person: null,
      title: null,
      domain: "example.com",
      business: "Example Domain",
      town: null,
      country: null,
      free: false,
      ownDomain: true,
      takesMail: "yes",
      pages: ["https://example.com/"],
      firstSeen: TIMES.endedAt,
      goneAt: null,
      doNotContact: false,
      id: "5a1b0c9e-2d1e-4f52-8f0a-6c4f6f1f7c15",
    },
  }),

  declareExportRoute({
    operationId: "exportPages",
    list: listPages,
    example: {
      url: "https://example.com/",
      domain: "example.com",
      type: "home",
      title: "Example Domain",
      status: 200,
      words: 28,
      language: "en",
      contactForm: false,
      lastScan: TIMES.endedAt,
      id: "3c1b0c9e-6d1e-4a52-9f0a-3f4f6f1f7c19",
    },
  }),

  declareExportRoute({
    operationId: "exportJobs",
    list: listJobs,
    words: { batchId: { description: "Its uuid, or what the first system called it" } },
    example: {
      domain: "example.com",
      status: "complete",
      errorCode: null,
      error: null,
      pages: 1,
      attempts: 1,
      finalUrl: "https://example.com/",
      batchLabel: null,
      ...TIMES,
      durationSeconds: 6,
      batchId: BATCH,
      domainId: "9b1d2f40-7a52-4d58-8c39-0a6f1f1f2e41",
      jobId: "7c0d7f9e-0a43-4a8c-8f5b-2d3a9f6f5b21",
    },
  }),

  declareExportRoute({
    operationId: "exportAudit",
    list: listAudit,
    words: {
      action: { description: "As procedures are called; batches stands for all of batches" },
      actor: { description: "Id of a person or a service account" },
      targetId: { description: "Id of what it was done to" },
    },
    example: {
      at: TIMES.createdAt,
      actor: "Ann Example",
      action: "batches.create",
      outcome: "done",
      count: 1,
      targetType: "batch",
      targetId: BATCH,
      source: "rest:key:0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11",
      requestId: "7c0d7f9e-0a43-4a8c-8f5b-2d3a9f6f5b21",
      detail: '{"jobs": 1, "invalid": 0, "max_pages": 50}',
    },
  }),

  declareExportRoute({
    operationId: "exportBatches",
    list: listBatches,
    example: {
      label: null,
      status: "complete",
      total: 1,
      complete: 1,
      failed: 0,
      emails: 0,
      phones: 0,
      pages: 1,
      maxPages: 50,
      createdBy: "Ann Example",
      ...TIMES,
      batchId: BATCH,
    },
  }),

  declareRoute({
    operationId: "exportBatchList",
    method: "get",
    path: "/export/batches/{batch_id}/list.{format}",
    routingPath: `/export/batches/:batch_id/${fileAs("list")}`,
    noun: "exports",
    summary: "The list of a batch as it was given, with what was found beside",
    description:
      "Every line in its order, doubles and refused ones too: the list's own columns, then what became of the line. In JSON the list's own columns " +
      "have their own names. Of batches made before lists were kept, their distinct lines.",
    permission: "export:read",
    alsoNeeds: ["batches:read", PERSONAL],
    takes: {
      path: {
        batch_id: idInPath({
          max: BATCH_NAME_LENGTH_MAX,
          description: "Its uuid, or what the first system called it",
        }),
        format: formatInPath,
      },
    },
    tells: { "Content-Disposition": "What to call the file" },
    answer: z.array(
      z
        .object(
          Object.fromEntries(
            Object.entries(RESULT_COLUMNS).map(([key, { kind }]) => [
              queryName(key),
              schemaOf(kind),
            ]),
          ),
        )
        .catchall(z.string().nullable()),
    ),
    example: [LINE],
    files: FILES,
    refuses: {
      404: { description: "No such format or batch", reason: { message: "Not Found" } },
      429: TOO_MANY,
    },
    respond: async (c, { path }) =>
      sendExport(c, path.format, await sheetOfBatch(c.get("rest"), path.batch_id, queryName)),
  }),
];
