import { and, type SQL } from "drizzle-orm";
import type { Rights } from "./list-rights.ts";
import type { AnyList } from "./list.contract.ts";
import type { ListRows } from "./list-rows.ts";
import type { FindWays } from "./ways.ts";

type AnyCondition = (value: never, tenantId: string) => SQL | undefined;

/** The rows as somebody may find them: a filter that would tell what is hidden of a row does not find it. */
export function rowsFor<L extends AnyList>(rows: ListRows<L>, rights: Rights): ListRows<L> {
  const { found } = rows;
  if (rights.mayReadContacts || found === undefined) return rows;
  const where = Object.fromEntries(
    Object.entries<AnyCondition>(rows.where).map(([name, condition]) => {
      const more = found[name as keyof typeof found];
      const held: AnyCondition = (value, tenantId) => and(condition(value, tenantId), more);
      return [name, more === undefined ? condition : held];
    }),
  ) as ListRows<L>["where"];
  return { ...rows, where, ...(rows.ways && { ways: holding(rows.ways, Object.keys(found)) }) };
}

/** What was gathered by such a filter alone is held to the conditions after all. */
const holding =
  <L extends AnyList>(ways: FindWays<L>, names: readonly string[]): FindWays<L> =>
  (asked) => {
    const { walk, gather } = ways(asked);
    const isHeld = names.some((name) => asked.filters[name as keyof L["filters"]] !== undefined);
    return isHeld && gather !== undefined && "whole" in gather
      ? { walk, gather: { ...gather, whole: false } }
      : { walk, gather };
  };
