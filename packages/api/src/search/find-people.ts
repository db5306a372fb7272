import { type Reader } from "@scrapersky/db";
import { profiles } from "@scrapersky/db/schema";
import { and, asc, desc, or, sql } from "drizzle-orm";
import { containsFolded } from "../list/contains.ts";
import { isOfTenant } from "../profile/profile-row.ts";
import { SEARCH_HITS_MAX } from "../wire.contract.ts";
import type { SearchAnswer } from "./search.contract.ts";

/** The tenant's own staff by any part of name or address; who may still sign in comes first. */
export const findPeople = (
  reader: Reader,
  tenantId: string,
  text: string,
): Promise<SearchAnswer["profiles"]> =>
  reader
    .select({ id: profiles.id, name: profiles.name, email: profiles.email })
    .from(profiles)
    .where(
      and(
        isOfTenant(tenantId),
        or(
          containsFolded(sql`lower(${profiles.name})`, text),
          containsFolded(sql`lower(${profiles.email})`, text),
        ),
      ),
    )
    .orderBy(desc(sql`coalesce(${profiles.active}, false)`), asc(profiles.name), profiles.id)
    .limit(SEARCH_HITS_MAX);
