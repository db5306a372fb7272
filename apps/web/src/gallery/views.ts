export const GALLERY_VIEWS = [
  "components",
  "overlays",
  "overview",
  "leads",
  "contacts",
  "exports",
  "batches",
  "new-batch",
  "new-batch-list",
  "new-batch-again",
  "batch",
  "jobs",
  "job",
  "job-complete",
  "domain",
  "domain-parked",
  "domain-never-read",
  "schedules",
  "schedule",
  "bulk",
  "bulk-action",
  "profiles",
  "keys",
  "audit",
  "roles",
] as const;
export type GalleryView = (typeof GALLERY_VIEWS)[number];

export const SCENES = [
  "data",
  "empty",
  "loading",
  "error",
  "forbidden",
  "unreachable",
  "ended",
] as const;
export type Scene = (typeof SCENES)[number];
