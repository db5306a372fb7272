import { sql } from "drizzle-orm";
import { customType } from "drizzle-orm/pg-core";

export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

/**
 * The transaction that wrote a row last, counted from the base of its epoch (`revisionEpochs`). Rows below the oldest that
 * runs are all there, so that a reader who goes by it misses none that is committed late. A trigger sets it at every write.
 */
export const revision = () =>
  xid8("revision")
    .notNull()
    .default(sql`app.next_revision()`);
