import { changedInput } from "../change/changed.contract.ts";
import { findServerStart } from "../change/server-start.ts";
import type { List } from "../list/define-list.ts";
import type { AnyList } from "../list/list.contract.ts";
import { permitted } from "./trpc.ts";

/** For programs that keep a copy of a list: what was written or deleted since, for whoever may read the list. To be read in one snapshot. */
export const changedProcedure = <L extends AnyList>({
  contract,
}: Pick<List<L, unknown>, "contract">) =>
  permitted(contract.permission)
    .input(changedInput)
    .use(async ({ ctx, next }) =>
      next({ ctx: { start: await findServerStart(ctx.db, ctx.actor.tenantId) } }),
    );
