import { countFacets } from "../list/count-facets.ts";
import { countRows } from "../list/count-rows.ts";
import type { List } from "../list/define-list.ts";
import type { AnyList, FilterValues, ListInput } from "../list/list.contract.ts";
import { type CountInput, countInput, facetsInput, listInput } from "../list-input.contract.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { permitted } from "./trpc.ts";

/** The procedure of a list: its contract says who may ask, and for what. */
export const listProcedure = <L extends AnyList, Item>(list: List<L, Item>) =>
  permitted(list.contract.permission)
    .input(listInput(list.contract))
    .query(({ ctx, input }) =>
      list(ctx.db, ctx.actor.tenantId, input as ListInput<L>, contactReaderOf(ctx.actor)),
    );

/** How many rows it has, apart from them: a page need not wait for that. */
export const countProcedure = <L extends AnyList, Item>(list: List<L, Item>) =>
  permitted(list.contract.permission)
    .input(countInput(list.contract))
    .query(({ ctx, input }) =>
      countRows(
        ctx.db,
        list,
        ctx.actor.tenantId,
        input as CountInput<L>,
        contactReaderOf(ctx.actor),
      ),
    );

/** Which values its rows have, for whoever narrows it. */
export const facetsProcedure = <L extends AnyList, Item>(list: List<L, Item>) =>
  permitted(list.contract.permission)
    .input(facetsInput(list.contract))
    .query(({ ctx, input }) =>
      countFacets(
        ctx.db,
        list,
        ctx.actor.tenantId,
        input as FilterValues<L>,
        contactReaderOf(ctx.actor),
      ),
    );
