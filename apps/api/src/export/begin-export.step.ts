import { beginExport, type Caller, type ExportAsk, type ExportBegun } from "@scrapersky/api";
import type { Db } from "@scrapersky/db";

/** Notes an export and who asked for it in the audit log, both or neither. */
export const beginNoted = (db: Db, caller: Caller, ask: ExportAsk): Promise<ExportBegun> =>
  db.transaction((tx) => beginExport(tx, caller, ask));
