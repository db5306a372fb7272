import type { Finding } from "@scrapersky/db/findings";
import { describeExposure, findExposure } from "../../exposure.ts";
import type { Examination } from "./examination.ts";

/** What others may that should not. */
export async function checkExposure({ database }: Examination): Promise<Finding> {
  const exposure = await findExposure(database.db);
  return exposure === undefined
    ? { status: "ok", says: "no table is open to the roles of a web API" }
    : { status: "warn", says: describeExposure(exposure), todo: exposure.close.join(" ") };
}
