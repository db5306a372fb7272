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
  return { ...rows, where, ...(rows.ways && { ways: holding(rows.ways, found) }) };
}

/** No way knows what is hidden. */
const holding =
  <L extends AnyList>(ways: FindWays<L>, found: NonNullable<ListRows<L>["found"]>): FindWays<L> =>
  (asked) => {
    const names = Object.keys(found) as (keyof typeof found)[];
    const held = names.map((name) => (asked.filters[name] === undefined ? undefined : found[name]));
    return { ...ways(asked), also: and(...held) };
  };
