import type { Reader } from "@scrapersky/db";
import { listTables } from "@scrapersky/db/portal";
import type { DbTable } from "./db-portal.contract.ts";

/** Every table of the product's schemas, by schema and name. */
export const listDbTables = (reader: Reader): Promise<DbTable[]> => listTables(reader);
