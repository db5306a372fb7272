import { listBatches, listJobs } from "@scrapersky/api";
import { declareExportRoute } from "./export-route.ts";

const TIMES = {
  createdAt: "2026-11-21T09:00:00.123456+00:00",
  startedAt: "2026-11-21T09:00:01.310022+00:00",
  endedAt: "2026-11-21T09:00:07.310022+00:00",
};
const BATCH = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";

export const EXPORT_ROUTES = [
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
    operationId: "exportBatches",
    list: listBatches,
    example: {
      label: null,
      status: "complete",
      total: 1,
      complete: 1,
      failed: 0,
      pages: 1,
      maxPages: 50,
      createdBy: "Ann Example",
      ...TIMES,
      batchId: BATCH,
    },
  }),
];
