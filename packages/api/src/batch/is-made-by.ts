import { batchJobs } from "@scrapersky/db/schema";
import { inArray, type SQL } from "drizzle-orm";
import { isUuid } from "../identifier.ts";

/** Batches of these people or programs; what is no id made none. */
export const isMadeBy = (ids: readonly string[]): SQL =>
  inArray(batchJobs.createdBy, ids.filter(isUuid));
