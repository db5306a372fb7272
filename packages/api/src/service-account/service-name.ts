import { serviceAccounts } from "@scrapersky/db/schema";
import { sql } from "drizzle-orm";

const KIND = " (service account)";

/** How a service account is called among people. */
export const serviceNameOf = (name: string): string => `${name}${KIND}`;

/** The same in SQL; null where there is no row of it. */
export const SERVICE_NAME = sql`${serviceAccounts.name} || ${sql.raw(`'${KIND}'`)}`;
