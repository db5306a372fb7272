import { z } from "@hono/zod-openapi";
import type { List } from "@scrapersky/api";
import {
  type AnyList,
  EXPORT_FORMATS,
  type ExportFormat,
  type FilterValues,
  HEADERS,
  ID_LENGTH_MAX,
  type OrderOf,
  queryName,
} from "@scrapersky/api/contract";
import { MEDIA_TYPES, sendExport } from "../export/send-export.ts";
import { sheetOfList } from "../export/sheet-of-list.ts";
import { anyOf, filter, oneOf } from "./field.ts";
import { fieldOf, type Words } from "./list-route.ts";
import { declareRoute, type RestRoute } from "./rest-route.ts";

interface ExportDeclaration<L extends AnyList> {
  operationId: string;
  list: List<L, unknown>;
  /** One row of the example, by column. */
  example: Record<string, unknown>;
  /** What the document says of filters beside their kind. */
  words?: { [Name in keyof L["filters"]]?: Words };
}

/** A route that gives a list as a file: what it takes, tells and asks for is said by the list's contract. */
export function declareExportRoute<L extends AnyList>({
  operationId,
  list,
  example,
  words = {},
}: ExportDeclaration<L>): RestRoute {
  const { name, filters, orders, permission, columns = {} } = list.contract;
  const names = Object.keys(filters) as (keyof L["filters"] & string)[];
  const columnOf = new Map(Object.keys(columns).map((column) => [queryName(column), column]));
  const row = z.object(
    Object.fromEntries(
      [...columnOf].map(([key, column]) => [key, schemaOf(columns[column]!.kind)]),
    ),
  );
  return declareRoute({
    operationId,
    method: "get",
    path: `/export/${name}.{format}`,
    routingPath: `/export/${fileAs(name)}`,
    noun: "exports",
    summary: `All ${name} that pass the filters, as a file`,
    description: DESCRIPTION,
    permission: "export:read",
    alsoNeeds: [permission],
    takes: {
      path: { format: formatInPath },
      query: {
        columns: anyOf({
          known: [...columnOf.keys()],
          joined: true,
          description: "Which, in this order; all if left out",
        }),
        order: oneOf({ known: Object.keys(orders) }),
        since: filter({
          max: ID_LENGTH_MAX,
          description: `Only what came after this export, an earlier ${HEADERS.exportId}, began`,
        }),
        ...Object.fromEntries(
          names.map((each) => [queryName(each), fieldOf(filters[each]!, words[each])]),
        ),
      },
    },
    tells: {
      [HEADERS.exportId]: "Names this export, for since",
      "Content-Disposition": "What to call the file",
    },
    answer: z.array(row),
    example: [Object.fromEntries([...columnOf].map(([key, column]) => [key, example[column]]))],
    files: FILES,
    refuses: {
      404: {
        description: "No such format, batch or earlier export",
        reason: { message: "Not Found" },
      },
      409: {
        description: "The earlier export did not arrive whole",
        reason: {
          message: "This export did not arrive whole; take the one before.",
          code: "EXPORT_NOT_COMPLETE",
        },
      },
      429: TOO_MANY,
    },
    complains: {
      loc: ["query", "columns"],
      msg: `Input should be one or more of ${[...columnOf.keys()].join(", ")}`,
      type: "value_error",
    },
    respond: (c, { path, query }) => {
      const { columns: chosen, order, since, ...asked } = query as Record<string, unknown>;
      const sheet = sheetOfList(c.get("rest"), list, {
        filters: definedOf(names.map((each) => [each, asked[queryName(each)]])) as FilterValues<L>,
        order: order as OrderOf<L> | undefined,
        columns: (chosen as string[] | undefined)?.map((key) => columnOf.get(key)!),
        since: since as string | undefined,
        keyOf: queryName,
      });
      return sendExport(c, path.format, sheet);
    },
  });
}

export const TOO_MANY = {
  description: "As many exports as are sent at once are under way; come back after Retry-After",
  reason: {
    message: "2 exports of this tenant are under way; come back when one has ended.",
    code: "TOO_MANY_EXPORTS",
  },
};

/** Media types of the answer beside JSON. */
export const FILES = Object.values(MEDIA_TYPES).map((type) => type.split(";")[0]!);

const DESCRIPTION =
  "csv (UTF-8 with a byte order mark, for Excel; RFC 4180; cells that a spreadsheet would run have ' in front), xlsx (all cells text; " +
  "further sheets above 1,048,576 rows), ndjson or json. Rows as of the beginning, each once; a file that breaks off is not whole.";

const definedOf = (entries: [string, unknown][]) =>
  Object.fromEntries(entries.filter(([, value]) => value !== undefined));

/** A file of this name in any format, as the router takes it. */
export const fileAs = (name: string): string =>
  `:format{${name}\\.(?:${EXPORT_FORMATS.join("|")})}`;

/** The router gives the whole name of the file. */
export const formatInPath = z
  .string()
  .transform((file) => file.slice(file.lastIndexOf(".") + 1) as ExportFormat)
  .openapi({ type: "string", enum: [...EXPORT_FORMATS] });

export function schemaOf(kind: NonNullable<AnyList["columns"]>[string]["kind"]): z.ZodType {
  switch (kind) {
    case "number":
      return z.number().nullable();
    case "flag":
      return z.boolean().nullable();
    case "texts":
      return z.array(z.string()).nullable();
    case "text":
    case "time":
      return z.string().nullable();
  }
}
