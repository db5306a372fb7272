import type { AgainOverrides } from "./job.contract.ts";

/** What the audit log says of settings that are other than the first time. */
export const tellOverrides = ({ maxPages, maxConcurrent }: AgainOverrides = {}) => ({
  ...(maxPages === undefined ? {} : { max_pages: maxPages }),
  ...(maxConcurrent === undefined ? {} : { max_concurrent: maxConcurrent }),
});
