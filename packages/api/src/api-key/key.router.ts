import { countProcedure, listProcedure } from "../trpc/list-procedure.ts";
import { permitted, router } from "../trpc/trpc.ts";
import { createKey } from "./create-key.ts";
import { getKeyOfTenant } from "./get-key-of-tenant.ts";
import { keyCreateInput, keyIdInput, keyRotateInput } from "./key.contract.ts";
import { listKeys } from "./list-keys.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { rotateKey } from "./rotate-key.ts";

export const keyRouter = router({
  list: listProcedure(listKeys),
  count: countProcedure(listKeys),

  create: permitted("apikeys:write")
    .input(keyCreateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => createKey(tx, ctx, input))),

  rotate: permitted("apikeys:write")
    .input(keyRotateInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => rotateKey(tx, ctx, input))),

  revoke: permitted("apikeys:write")
    .input(keyIdInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction(async (tx) => {
        const { id } = await getKeyOfTenant(tx, ctx.actor.tenantId, input.keyId);
        const { revoked } = await revokeApiKey(tx, ctx, id);
        return { keyId: id, revoked };
      }),
    ),
});
