// The door of pages to the lists, as data: part of their first paint, so nothing here loads a library.
export * from "./list/list.contract.ts";
export * from "./list/moment.contract.ts";
export * from "./api-key/key-list.contract.ts";
export * from "./audit/audit-list.contract.ts";
export * from "./batch/batch-list.contract.ts";
export * from "./bulk/bulk-list.contract.ts";
export * from "./contact/contact-list.contract.ts";
export * from "./job/job-list.contract.ts";
export * from "./lead/lead-list.contract.ts";
export * from "./page/page-list.contract.ts";
export * from "./profile/profile-list.contract.ts";
export * from "./export/export-list.contract.ts";
export * from "./suppression/suppression-list.contract.ts";
export * from "./schedule/schedule-list.contract.ts";
export * from "./webhook/webhook-list.contract.ts";
