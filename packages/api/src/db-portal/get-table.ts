import type { Reader } from "@scrapersky/db";
import { describeTable } from "@scrapersky/db/portal";
import { notFound } from "../errors/domain-error.ts";
import type { DbTableDetail } from "./db-portal.contract.ts";

/** @throws DomainError NOT_FOUND for what is no table of the product */
export async function getTable(reader: Reader, name: string): Promise<DbTableDetail> {
  const table = await describeTable(reader, name);
  if (table === undefined) throw notFound("Table");
  return table;
}
