import { z } from "zod";
import { CURSOR_LENGTH_MAX, LIST_LIMIT_DEFAULT, LIST_LIMIT_MAX } from "../wire.contract.ts";
import type { AnyList, Filter, ListInput } from "./list.contract.ts";

type ListCall<L extends AnyList> = Omit<ListInput<L>, "limit"> & { limit?: number | undefined };

/** The schema of what the procedure of a list takes. */
export function listInput<L extends AnyList>(list: L): z.ZodType<ListInput<L>, ListCall<L>> {
  const filters = Object.entries(list.filters).map(([name, filter]) => [
    name,
    schemaOf(filter).optional(),
  ]);
  return z.object({
    ...(Object.fromEntries(filters) as Record<string, z.ZodType>),
    order: z.enum(Object.keys(list.orders)).optional(),
    limit: z.number().int().min(1).max(LIST_LIMIT_MAX).default(LIST_LIMIT_DEFAULT),
    cursor: z.string().max(CURSOR_LENGTH_MAX).optional(),
  }) as unknown as z.ZodType<ListInput<L>, ListCall<L>>;
}

function schemaOf(filter: Filter): z.ZodType {
  switch (filter.kind) {
    case "choices":
      return z.array(z.enum(filter.words));
    case "words":
      return z.array(z.string().max(filter.max));
    case "text":
      return z.string().trim().max(filter.max);
    case "flag":
      return z.boolean();
  }
}
