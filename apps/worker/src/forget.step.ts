import { forgetOld } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";

/** Chunks that a worker takes in one go. */
const STEPS = 50;

/** Removes what has run out, chunk by chunk. */
export async function forget(db: Db, auditDays: number): Promise<void> {
  for (let step = 0; step < STEPS; step++) {
    if (!(await forgetOld(db, { auditDays }))) return;
  }
}
