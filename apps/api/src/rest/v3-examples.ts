/** What the routes of REST v3 answer, for readers of the document. The tests read them with the document's schemas. */

const BATCH_ID = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";
const JOB_ID = "7c0d7f9e-0a43-4a8c-8f5b-2d3a9f6f5b21";
const TENANT_ID = "550e8400-e29b-41d4-a716-446655440000";
const PERSON_ID = "c2a5f1de-35a4-4c0f-9a59-6b8f0f0e9d31";
const ACCEPTED = "2026-11-21T09:00:00.123456+00:00";
const BEGAN = "2026-11-21T09:00:01.004210+00:00";
const ENDED = "2026-11-21T09:00:07.310022+00:00";

export const createdExample = {
  batch_id: BATCH_ID,
  status_url: `/api/v3/batch_page_scraper/batch/${BATCH_ID}/status`,
  job_count: 1,
  created_at: ACCEPTED,
};

export const statusExample = {
  batch_id: BATCH_ID,
  status: "complete",
  total_domains: 1,
  completed_domains: 1,
  failed_domains: 0,
  progress: 100,
  created_at: ACCEPTED,
  updated_at: ENDED,
  start_time: BEGAN,
  end_time: ENDED,
  processing_time: 6.305812,
  domain_statuses: {
    "example.com": {
      status: "complete",
      job_id: JOB_ID,
      start_time: BEGAN,
      end_time: ENDED,
      processing_time: 6.305812,
      error: null,
    },
  },
  error: null,
  metadata: {},
};

export const jobExample = {
  id: 42,
  job_id: JOB_ID,
  job_type: "domain_scrape",
  tenant_id: TENANT_ID,
  created_by: PERSON_ID,
  status: "complete",
  domain_id: "9b1d2f40-7a52-4d58-8c39-0a6f1f1f2e41",
  domain: "example.com",
  progress: 100,
  result_data: { title: "Example Domain", pages: 1, contacts: 0, phones: 0, technologies: [] },
  error: null,
  job_metadata: null,
  batch_id: BATCH_ID,
  created_at: ACCEPTED,
  updated_at: ENDED,
};

export const profileExample = {
  id: PERSON_ID,
  name: "Ann Example",
  email: "ann@example.com",
  role: "operator",
  bio: null,
  tenant_id: TENANT_ID,
  active: true,
  created_at: ACCEPTED,
  updated_at: ACCEPTED,
};

export const errorExample = {
  error: true,
  message: "Forbidden",
  status_code: 403,
  detail: "Forbidden",
  code: "NEEDS_batches:create",
  request_id: "5d0c2c0e-5bb1-4a4f-9b1e-4a0f6f8f8a10",
};

export const invalidExample = {
  detail: [
    {
      loc: ["body", "max_pages"],
      msg: "Input should be less than or equal to 1000",
      type: "less_than_equal",
    },
  ],
  error: true,
};
