import type { AppRouter } from "@scrapersky/api";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";

export type { AppRouter };
/** What each procedure takes, such as `Inputs["batches"]["create"]`. */
export type Inputs = inferRouterInputs<AppRouter>;
/** What each procedure answers, such as `Outputs["batches"]["byId"]`. */
export type Outputs = inferRouterOutputs<AppRouter>;

export {
  type ApiError,
  isAborted,
  isApiError,
  isConflict,
  isForbidden,
  isInvalidInput,
  isNotFound,
  isRateLimited,
  isTimeout,
  isTooLarge,
  isUnauthorized,
  isUnavailable,
  isUnreachable,
} from "./api-error.ts";
export type { ClientOptions } from "./connection.ts";
export { createClient, type ScraperSkyClient } from "./create-client.ts";
export { ExportError, type Exported, type ExportQuestion, exportTo } from "./export-to.ts";
export { type ListProcedure, pages } from "./pages.ts";
export { sync, type SyncedList, type SyncOptions, type SyncPart } from "./sync.ts";
export { type BatchReading, watchBatch } from "./watch-batch.ts";
