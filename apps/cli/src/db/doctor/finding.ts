import type { Database, Pooler } from "@scrapersky/db";
import type { Env } from "../../env.ts";

/** What a check found, and what to do about it. */
export interface Finding {
  status: "ok" | "warn" | "fail";
  says: string;
  todo?: string;
}

/** What a check may look at. */
export interface Examination {
  env: Env;
  database: Database;
  pooler: Pooler;
}
