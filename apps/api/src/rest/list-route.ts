import { z } from "@hono/zod-openapi";
import { type List, LIST_OFFSET_MAX, requireBatch, contactReaderOf } from "@scrapersky/api";
import {
  type AnyList,
  CURSOR_LENGTH_MAX,
  type Filter,
  HEADERS,
  type ListInput,
  queryName,
} from "@scrapersky/api/contract";
import { anyOf, count, filter, moment, oneOf, wholeNumber, yesOrNo } from "./field.ts";
import { declareRoute, noSuch, type RestNoun, type RestRoute } from "./rest-route.ts";
import {
  BEGIN_AGAIN,
  type Changes,
  type ChangesAsk,
  refuseBeside,
  UPDATED_SINCE,
} from "./changed-rows.ts";
import type { Shape } from "./shape.ts";

const LIMIT_MAX = 1000;
const LIMIT_DEFAULT = 100;

export interface Words {
  description?: string;
  example?: unknown;
}

export function fieldOf(of: Filter, words: Words = {}): z.ZodType {
  switch (of.kind) {
    case "choices":
      return anyOf({ known: of.words, aliases: of.aliases, joined: true, ...words });
    case "words":
      return anyOf({ max: of.max, joined: of.codes === true, ...words });
    case "text":
      return filter({ max: of.max, ...words });
    case "flag":
      return yesOrNo(words);
    case "time":
      return moment(words);
    case "count":
      return count(words);
  }
}

interface ListDeclaration<L extends AnyList, Item, F extends Record<string, z.ZodType>> {
  operationId: string;
  path: `/${string}`;
  noun: RestNoun;
  summary: string;
  description?: string;
  list: List<L, Item>;
  shape: Shape<Item, F>;
  /** What the document says of filters beside their kind. */
  words?: { [Name in keyof L["filters"]]?: Words };
  /** Lets programs keep a copy, by `updated_since`. */
  changes?: Changes;
}

/** A route that gives a list page by page: what it takes and who may ask is said by the list's contract. */
export function declareListRoute<L extends AnyList, Item, F extends Record<string, z.ZodType>>({
  list,
  shape,
  words = {},
  changes,
  ...route
}: ListDeclaration<L, Item, F>): RestRoute {
  const { filters, permission } = list.contract;
  const names = Object.keys(filters) as (keyof L["filters"] & string)[];
  const orders = Object.keys(list.contract.orders);
  const row = changes ? z.union([shape.schema, changes.gone]) : shape.schema;
  const answer: z.ZodType<object> = z.strictObject({ data: z.array(row) });
  return declareRoute({
    ...route,
    method: "get",
    permission,
    takes: {
      query: {
        limit: wholeNumber({ min: 1, max: LIMIT_MAX, default: LIMIT_DEFAULT }),
        offset: wholeNumber({
          min: 0,
          default: 0,
          description: `At most ${LIST_OFFSET_MAX.toLocaleString("en")}; go on with cursor`,
        }),
        cursor: filter({
          max: CURSOR_LENGTH_MAX,
          description: `From ${HEADERS.nextCursor} of the page before`,
        }),
        ...Object.fromEntries(
          names.map((name) => [queryName(name), fieldOf(filters[name]!, words[name])]),
        ),
        ...(orders.length > 1 ? { order: oneOf({ known: orders }) } : {}),
        ...(changes ? { updated_since: UPDATED_SINCE } : {}),
      },
    },
    tells: { [HEADERS.nextCursor]: "Where the next page begins; absent on the last" },
    answer,
    example: { data: [shape.example] },
    refuses: Object.fromEntries([
      ...("batchId" in filters ? [[404, noSuch("Batch")]] : []),
      ...(changes ? [[409, BEGIN_AGAIN]] : []),
    ]),
    complains: {
      loc: ["query", "limit"],
      msg: `Input should be less than or equal to ${LIMIT_MAX}`,
      type: "less_than_equal",
    },
    respond: async (c, { query }) => {
      const { reader, actor } = c.get("rest");
      const {
        limit,
        offset,
        cursor,
        order,
        updated_since: updatedSince,
        ...asked
      } = query as Record<string, unknown>;
      if (changes && updatedSince !== undefined) {
        refuseBeside({ ...asked, order, offset: offset || undefined });
        const ask = { updatedSince, cursor, limit } as ChangesAsk;
        const { data, cursor: next } = await changes.read(c.get("rest"), ask);
        c.header(HEADERS.nextCursor, next);
        return { data };
      }
      const input = Object.fromEntries(names.map((name) => [name, asked[queryName(name)]]));
      if (typeof input["batchId"] === "string") {
        await requireBatch(reader, actor.tenantId, input["batchId"]);
      }
      const page = await list(
        reader,
        actor.tenantId,
        { ...input, limit, offset, cursor, order } as ListInput<L>,
        contactReaderOf(actor),
      );
      if (page.nextCursor !== null) c.header(HEADERS.nextCursor, page.nextCursor);
      return { data: page.items.map(shape.of) };
    },
  });
}
