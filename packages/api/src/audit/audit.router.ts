import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { router } from "../trpc/trpc.ts";
import { listAudit } from "./list-audit.ts";
import { listPlatformAudit } from "./list-platform-audit.ts";

export const auditRouter = router({
  list: listProcedure(listAudit),
  count: countProcedure(listAudit),

  /** What was done to no tenant. */
  platform: listProcedure(listPlatformAudit),
});
