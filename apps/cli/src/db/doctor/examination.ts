import type { Database, Pooler } from "@scrapersky/db";
import type { Env } from "../../env.ts";

/** What a check may look at. */
export interface Examination {
  env: Env;
  database: Database;
  pooler: Pooler;
}
