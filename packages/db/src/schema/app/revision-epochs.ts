import { sql } from "drizzle-orm";
import { bigint, boolean, check, text, uuid } from "drizzle-orm/pg-core";
import { timestamptz } from "../time.ts";
import { app } from "./app.ts";

/**
 * What revisions are counted by, in one row: a database that is restored on another server gets a new epoch there, with a
 * base above all revisions that came along (`app.renew_epoch`).
 */
export const revisionEpochs = app.table(
  "revision_epochs",
  {
    onlyOne: boolean("only_one").primaryKey().default(true),
    epoch: uuid("epoch").notNull().defaultRandom(),
    /** The server whose transactions are counted; null where it does not say which it is. */
    cluster: text("cluster"),
    base: bigint("base", { mode: "number" }).notNull().default(0),
    /** Since when `changedWork` has everything, but for what is too old. */
    workSince: timestamptz("work_since").notNull().defaultNow(),
  },
  (table) => [check("revision_epochs_only_one_check", sql`${table.onlyOne}`)],
);
