import { sql } from "drizzle-orm";
import { customType } from "drizzle-orm/pg-core";

const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

/**
 * The transaction that wrote a row last. Rows below a snapshot's xmin are all there, so that a reader who goes by it
 * misses none that is committed late. Every write sets it anew.
 */
export const revision = () =>
  xid8("revision")
    .notNull()
    .default(sql`pg_current_xact_id()`);
