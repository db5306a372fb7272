// The browser-safe door: schemas, shapes and words. Nothing here may load a server module.
export * from "./status.ts";
export * from "./wire.contract.ts";
export * from "./id.contract.ts";
export * from "./lists.contract.ts";
export * from "./batch/batch.contract.ts";
export * from "./job/job.contract.ts";
export * from "./domain/domain.contract.ts";
export * from "./lead/lead.contract.ts";
export * from "./profile/profile.contract.ts";
export * from "./export/export.contract.ts";
export * from "./health/health.contract.ts";
export * from "./feature/feature.contract.ts";
export * from "./search/search.contract.ts";
export * from "./tenant/tenant.contract.ts";
export * from "./sign-in-link/sign-in-link.contract.ts";
export * from "./settings/settings.contract.ts";
export * from "./suppression/suppression.contract.ts";
