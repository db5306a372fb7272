/** A trigger that migrations make; its function does what they say. */
export interface OwnTrigger {
  schema: string;
  table: string;
  name: string;
  timing: "before" | "after";
  events: "update" | "delete";
  /** What stands between its table and its function. */
  form: string;
  function: string;
  /** What goes wrong without it, behind "without it". */
  worse: string;
}

const EACH_ROW = "for each row";
const ALL_GONE = "referencing old table as gone for each statement";
const ALL_WRITTEN = "referencing new table as changed for each statement";
const ALL_DELETED = "referencing old table as changed for each statement";
const WORK_MISSED = "programs that keep a copy of jobs and batches are not told of";
const MISSED = "programs that keep a copy of leads are not told of";

/** Every trigger of ours: they tell who synchronises what was written and deleted, whoever did it, and keep the audit log. */
export const OWN_TRIGGERS: readonly OwnTrigger[] = [
  {
    schema: "app",
    table: "leads",
    name: "leads_written",
    timing: "before",
    events: "update",
    form: EACH_ROW,
    function: "app.note_lead_written",
    worse: `${MISSED} changes`,
  },
  {
    schema: "app",
    table: "leads",
    name: "leads_deleted",
    timing: "after",
    events: "delete",
    form: ALL_GONE,
    function: "app.note_leads_deleted",
    worse: `${MISSED} deletions`,
  },
  {
    schema: "app",
    table: "lead_emails",
    name: "lead_emails_written",
    timing: "before",
    events: "update",
    form: EACH_ROW,
    function: "app.note_lead_email_written",
    worse: `${MISSED} changes of addresses`,
  },
  {
    schema: "app",
    table: "lead_emails",
    name: "lead_emails_deleted",
    timing: "after",
    events: "delete",
    form: ALL_GONE,
    function: "app.note_lead_emails_deleted",
    worse: `${MISSED} deletions of addresses`,
  },
  {
    schema: "app",
    table: "scrape_jobs",
    name: "scrape_jobs_written",
    timing: "after",
    events: "update",
    form: ALL_WRITTEN,
    function: "app.note_jobs_changed",
    worse: `${WORK_MISSED} changes`,
  },
  {
    schema: "app",
    table: "scrape_jobs",
    name: "scrape_jobs_deleted",
    timing: "after",
    events: "delete",
    form: ALL_DELETED,
    function: "app.note_jobs_changed",
    worse: `${WORK_MISSED} deletions`,
  },
  {
    schema: "app",
    table: "audit_log",
    name: "audit_log_updated",
    timing: "before",
    events: "update",
    form: EACH_ROW,
    function: "app.keep_audit_log",
    worse: "what stands in the audit log can be changed by mistake",
  },
  {
    schema: "app",
    table: "audit_log",
    name: "audit_log_deleted",
    timing: "before",
    events: "delete",
    form: EACH_ROW,
    function: "app.keep_audit_log",
    worse: "rows of the audit log can be deleted by mistake",
  },
];
