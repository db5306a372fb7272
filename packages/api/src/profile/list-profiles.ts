import { profiles } from "@scrapersky/db/schema";
import { eq, sql } from "drizzle-orm";
import { defineList } from "../list/define-list.ts";
import { ascending, type ListRows } from "../list/list-rows.ts";
import { PROFILE_LIST } from "./profile-list.contract.ts";
import { isOfTenant, profileColumns, toProfile } from "./profile-row.ts";

const PROFILE_ROWS: ListRows<typeof PROFILE_LIST> = {
  tenant: isOfTenant,
  id: profiles.id,
  from: (select) => select.from(profiles),
  where: { active: (active) => eq(sql`coalesce(${profiles.active}, false)`, active) },
  orders: {
    // Rows without a creation time come first.
    oldest: ascending(
      {
        value: sql`coalesce(${profiles.createdAt}, '-infinity'::timestamptz)`,
        type: "timestamp with time zone",
      },
      profiles.id,
    ),
  },
};

export const listProfiles = defineList(PROFILE_LIST, {
  rows: PROFILE_ROWS,
  read: ({ reader, page, place, tenantId }) =>
    reader
      .select({ ...place, ...profileColumns(tenantId) })
      .from(page)
      .innerJoin(profiles, eq(profiles.id, page.id)),
  toItem: toProfile,
});
