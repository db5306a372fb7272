import { noteDriftNightly } from "@scrapersky/api/services";
import type { Db } from "@scrapersky/db";

/** Once a night, whichever worker comes to it first. */
export const compareSchema = (db: Db): Promise<boolean> => db.transaction(noteDriftNightly);
