import { defineStatement, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { isoTime } from "../time.ts";
import type { BulkCall, BulkWish } from "./bulk.contract.ts";

const readNow = defineStatement("select now() as now", { now: "timestamptz" });

/** A call with the moment up to which its rows are meant: by the database's clock, as no other stamps them. */
export async function dateCall(reader: Reader, call: BulkCall<BulkWish>): Promise<BulkCall> {
  const { target } = call;
  if ("ids" in target || target.asOf !== undefined) return call as BulkCall;
  const row = await executeRawSqlOne(reader, readNow, {});
  if (!row) throw new Error("SELECT now() gave no row");
  return { ...call, target: { ...target, asOf: isoTime(row.now) } } as BulkCall;
}
