import type { Job } from "@scrapersky/api/contract";
import { INVALID_DOMAIN } from "@scrapersky/api/wire";
import { isOver } from "#batch/is-over.ts";
import type { ActWords } from "#list/list-act.ts";

/** What can be done with jobs. */
export const JOB_ACTS: ActWords<Job> = {
  acts: [
    {
      key: "again",
      action: "jobs.retry",
      label: "Run again",
      done: "run again",
      permission: "jobs:retry",
      fits: ({ status, errorCode }) =>
        (status === "failed" || status === "cancelled") && errorCode !== INVALID_DOMAIN,
    },
    {
      key: "cancel",
      action: "jobs.cancel",
      label: "Cancel",
      done: "cancelled",
      permission: "jobs:cancel",
      fits: ({ status }) => !isOver(status),
    },
  ],
  more: [
    {
      key: "job",
      label: "Open the job",
      permission: "jobs:read",
      to: ({ jobId }) => `/jobs/${jobId}`,
    },
    {
      key: "business",
      label: "Open the business",
      permission: "domains:read",
      fits: ({ domainId }) => domainId !== null,
      to: ({ domainId }) => `/domains/${domainId}`,
    },
  ],
};
