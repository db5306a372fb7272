import type { AnyList, ListInput } from "../list/list.contract.ts";
import type { List } from "../list/define-list.ts";
import { listInput } from "../list/list-input.ts";
import { permitted } from "./trpc.ts";

/** The procedure of a list: its contract says who may ask, and for what. */
export const listProcedure = <L extends AnyList, Item>(list: List<L, Item>) =>
  permitted(list.contract.permission)
    .input(listInput(list.contract))
    .query(({ ctx, input }) => list(ctx.db, ctx.actor.tenantId, input as ListInput<L>));
