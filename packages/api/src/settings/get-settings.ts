import type { Reader } from "@scrapersky/db";
import { tenantSettings } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { isoTime } from "../time.ts";
import type { Settings } from "./settings.contract.ts";

/** A tenant that never said anything wants things as the table's defaults say. */
const UNSAID: Settings = {
  bestEmail: "role",
  keepBatchesDays: null,
  keepLeadsDays: null,
  updatedAt: null,
};

/** How a tenant wants things. */
export async function getSettings(reader: Reader, tenantId: string): Promise<Settings> {
  const [row] = await reader
    .select()
    .from(tenantSettings)
    .where(eq(tenantSettings.tenantId, tenantId));
  return row ? toSettings(row) : UNSAID;
}

export const toSettings = (row: typeof tenantSettings.$inferSelect): Settings => ({
  bestEmail: row.bestEmail,
  keepBatchesDays: row.keepBatchesDays,
  keepLeadsDays: row.keepLeadsDays,
  updatedAt: isoTime(row.updatedAt),
});
