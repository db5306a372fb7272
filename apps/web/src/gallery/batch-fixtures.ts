import type { BatchProgress, BatchSummary, JobDetail, Job } from "@scrapersky/api/contract";
import { ago, id } from "./fixture-base.ts";

const batch = (
  n: number,
  patch: Partial<BatchSummary> & Pick<BatchSummary, "counts" | "status">,
): BatchSummary => {
  const { counts } = patch;
  const total = Object.values(counts).reduce((sum, value) => sum + value, 0);
  return {
    batchId: id(100 + n),
    label: null,
    firstDomain: "providence-dental.example",
    renamedAt: null,
    paused: false,
    cancelling: false,
    total,
    emails: Math.round(counts.complete * 1.9),
    phones: Math.round(counts.complete * 0.85),
    progress: ((counts.complete + counts.failed) / total) * 100,
    maxPages: 50,
    maxConcurrent: 5,
    createdBy: { id: id(1), name: "Marta Keller" },
    createdAt: ago(200 + n * 5400),
    updatedAt: ago(2),
    startedAt: ago(195 + n * 5400),
    endedAt: patch.status === "running" || patch.status === "pending" ? null : ago(n * 5400),
    processingSeconds: 195,
    ...patch,
  };
};

export const BATCHES: BatchSummary[] = [
  batch(0, {
    label: "Dentists, Rhode Island",
    status: "running",
    counts: { complete: 208, failed: 17, cancelled: 0, running: 5, pending: 70 },
  }),
  batch(1, {
    label: "Bakeries with their own shop, first quarter list from the trade fair in Düsseldorf",
    status: "pending",
    counts: { complete: 0, failed: 0, cancelled: 0, running: 0, pending: 1240 },
    startedAt: null,
    processingSeconds: null,
  }),
  batch(2, {
    label: "Landscapers",
    status: "partial",
    counts: { complete: 431, failed: 38, cancelled: 0, running: 0, pending: 0 },
    processingSeconds: 1862,
  }),
  batch(3, {
    status: "complete",
    counts: { complete: 48, failed: 0, cancelled: 0, running: 0, pending: 0 },
    processingSeconds: 102,
  }),
  batch(4, {
    label: "Typo test",
    status: "failed",
    counts: { complete: 0, failed: 3, cancelled: 0, running: 0, pending: 0 },
    processingSeconds: 0.4,
    createdBy: { id: id(5), name: "Jonas Okafor" },
  }),
  batch(5, {
    label: "Yoga studios, Lisbon",
    status: "cancelled",
    counts: { complete: 61, failed: 4, cancelled: 135, running: 0, pending: 0 },
    processingSeconds: 344,
  }),
  batch(6, {
    label: "Veterinary practices",
    status: "complete",
    counts: { complete: 9821, failed: 0, cancelled: 0, running: 0, pending: 0 },
    processingSeconds: 14_210,
  }),
  batch(7, {
    label: "Opticians, second try",
    status: "running",
    paused: true,
    counts: { complete: 61, failed: 4, cancelled: 0, running: 0, pending: 135 },
  }),
  batch(8, {
    label: "Hotels, the whole register",
    status: "running",
    cancelling: true,
    counts: { complete: 912, failed: 31, cancelled: 42_000, running: 0, pending: 57_057 },
  }),
];

const [runningSummary] = BATCHES as [BatchSummary];

export const PROGRESS: BatchProgress = {
  ...runningSummary,
  pages: 3114,
  ratePerMinute: 71.4,
  etaSeconds: { low: 55, high: 96 },
  stalled: false,
  error: null,
  failures: [
    {
      code: "dns_not_found",
      message: "The domain name does not exist.",
      count: 9,
      sample: ["smile-prov.example", "bright-dental-ri.example", "eastside-ortho.example"],
    },
    {
      code: "timeout",
      message: "The site did not answer in time.",
      count: 6,
      sample: ["newportdentistry.example", "warwick-kids-dental.example"],
    },
    {
      code: "robots_disallowed",
      message: "Skipped: robots.txt does not allow it.",
      count: 2,
      sample: ["implants-of-cranston.example"],
    },
  ],
  asOf: ago(1),
};

const DOMAINS = [
  "providence-dental.example",
  "smile-prov.example",
  "newportdentistry.example",
  "bristol-family-dentists-and-orthodontics.example",
  "cranston-smiles.example",
  "pawtucket-dental-group.example",
  "warwick-kids-dental.example",
  "xn--zahnrzte-ri-o8a.example",
  "barrington-implants.example",
  "westerly-oral-surgery.example",
  "tiverton-tooth.example",
  "not a domain at all",
];

const STATUSES = [
  "complete",
  "failed",
  "failed",
  "complete",
  "complete",
  "running",
  "failed",
  "complete",
  "running",
  "pending",
  "cancelled",
  "failed",
] as const;

const ERRORS = [
  "The domain name does not exist.",
  "The site did not answer in time.",
  "Skipped: robots.txt does not allow it.",
];
const NOTES = [
  {
    flag: "offsite_redirect",
    text: "The domain redirects to bristol-smiles.example; only the page it lands on was read.",
  },
];
const LEADS: Job["lead"][] = [
  {
    name: "Providence Dental Group",
    bestEmail: "frontdesk@providence-dental.example",
    bestPhone: "+1 401 555 0142",
    town: "Providence",
    platform: "WordPress",
    reason: null,
  },
  {
    name: null,
    bestEmail: null,
    bestPhone: "+1 401 555 0188",
    town: null,
    platform: "Wix",
    reason: { code: "no_contact", text: "The site names no e-mail address." },
  },
  {
    name: "Cranston Smiles Family & Cosmetic Dentistry of Rhode Island, Incorporated",
    bestEmail: "appointments.and.insurance@cranston-smiles-family-dentistry.example",
    bestPhone: null,
    town: "Cranston",
    platform: "Squarespace",
    reason: null,
  },
];
const CODES = ["dns_not_found", "timeout", "robots_disallowed"];

export const JOBS: Job[] = DOMAINS.map((domain, index) => {
  const status = STATUSES[index] ?? "pending";
  const failed = status === "failed";
  const started = status !== "pending" && status !== "cancelled";
  return {
    jobId: id(200 + index),
    batchId: runningSummary.batchId,
    batchLabel: runningSummary.label,
    batchFirstDomain: runningSummary.firstDomain,
    batchTotal: runningSummary.total,
    domain,
    displayDomain: domain.startsWith("xn--") ? "zahnärzte-ri.example" : domain,
    domainId: status === "complete" ? id(300 + index) : null,
    status,
    progress: status === "complete" ? 100 : 0,
    attempts: failed ? 3 : started ? 1 : 0,
    errorCode: failed ? (CODES[index % 3] ?? null) : null,
    error: failed ? (ERRORS[index % 3] ?? null) : null,
    notes: index % 4 === 3 && status === "complete" ? NOTES : [],
    pages: status === "complete" ? 3 + index * 4 : null,
    lead: status === "complete" ? (LEADS[index % 3] ?? null) : null,
    createdAt: ago(200),
    startedAt: started ? ago(190 - index * 4) : null,
    endedAt: status === "complete" || failed ? ago(150 - index * 4) : null,
    durationSeconds: started ? 2.3 + index * 7.7 : null,
  };
});

export const JOB_FAILED: JobDetail = {
  ...(JOBS[1] as Job),
  error: "The site did not answer in time.",
  errorCode: "timeout",
  input: "https://www.Smile-Prov.example/contact",
  maxPages: 50,
  waits: 0,
  dueAt: null,
  result: null,
  attemptList: [
    {
      attempt: 1,
      outcome: "retry",
      workerId: "worker-4f1c",
      startedAt: ago(190),
      endedAt: ago(165),
      errorCode: "timeout",
      error: "The site did not answer in time.",
      httpStatus: null,
      finalUrl: null,
      pages: 0,
      bytes: 0,
      timings: { fetchMs: 25_000 },
    },
    {
      attempt: 2,
      outcome: "lost",
      workerId: "worker-4f1c",
      startedAt: ago(140),
      endedAt: ago(110),
      errorCode: "worker_lost",
      error: "The worker went away while it scraped.",
      httpStatus: null,
      finalUrl: null,
      pages: 0,
      bytes: 0,
      timings: {},
    },
    {
      attempt: 3,
      outcome: "failed",
      workerId: "worker-9a02",
      startedAt: ago(100),
      endedAt: ago(58),
      errorCode: "timeout",
      error: "The site did not answer in time.",
      httpStatus: 503,
      finalUrl: "https://smile-prov.example/",
      pages: 2,
      bytes: 48_211,
      timings: { fetchMs: 38_200, parseMs: 1900, storeMs: 400 },
    },
  ],
};

export const JOB_COMPLETE: JobDetail = {
  ...(JOBS[0] as Job),
  domainId: id(300),
  input: "providence-dental.example",
  maxPages: 50,
  waits: 0,
  dueAt: null,
  result: {
    finalUrl: "https://www.providence-dental.example/",
    title: "Providence Dental · Gentle dentistry on Hope Street",
    pages: 14,
    contacts: 3,
    phones: 2,
    technologies: ["WordPress", "Elementor", "Yoast SEO", "Google Analytics"],
    flags: ["redirected_to_www", "page_limit_reached"],
  },
  attemptList: [
    {
      attempt: 1,
      outcome: "done",
      workerId: "worker-4f1c",
      startedAt: ago(190),
      endedAt: ago(150),
      errorCode: null,
      error: null,
      httpStatus: 200,
      finalUrl: "https://www.providence-dental.example/",
      pages: 14,
      bytes: 1_204_112,
      timings: { fetchMs: 34_000, parseMs: 5200, storeMs: 600 },
    },
  ],
};
