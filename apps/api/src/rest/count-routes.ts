import { z } from "@hono/zod-openapi";
import type { Procedures } from "@scrapersky/api";
import {
  type AnyList,
  AUDIT_LIST,
  BATCH_LIST,
  CONTACT_LIST,
  DELIVERY_LIST,
  EXPORT_LIST,
  JOB_LIST,
  KEY_LIST,
  LEAD_LIST,
  PAGE_LIST,
  PROFILE_LIST,
  queryName,
  type RowCount,
  SCHEDULE_LIST,
  WEBHOOK_LIST,
} from "@scrapersky/api/contract";
import { yesOrNo } from "./field.ts";
import { fieldOf } from "./list-route.ts";
import { declareRoute, type RestNoun, type RestRoute } from "./rest-route.ts";

interface Told {
  rows: number;
  all: boolean;
  facets: Record<string, { value: string; count: number }[]>;
}
type Ask<Answer> = (api: Procedures) => (input: never) => Promise<Answer>;

const filtersOf = ({ filters }: AnyList): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.entries(filters).map(([name, filter]) => [queryName(name), fieldOf(filter)]),
  );
const readFilters = ({ filters }: AnyList, query: Record<string, unknown>) =>
  Object.fromEntries(Object.keys(filters).map((name) => [name, query[queryName(name)]]));
const named = (verb: string, { name }: AnyList): string =>
  `${verb}${name[0]!.toUpperCase()}${name.slice(1)}`;

/** How many rows a list has, by its own filters. */
const countRoute = (noun: RestNoun, list: AnyList, ask: Ask<RowCount>): RestRoute =>
  declareRoute({
    operationId: named("count", list),
    method: "get",
    path: `/count/${list.name}`,
    noun,
    summary: `How many rows the list of ${list.name} has`,
    description:
      "By the list's own filters. Above 10,000 about so many, unless exact=true, which may take seconds.",
    permission: list.permission,
    takes: { query: { ...filtersOf(list), exact: yesOrNo({ description: "Count every one" }) } },
    answer: z.strictObject({ count: z.int(), exact: z.boolean() }),
    example: { count: 1, exact: true },
    respond: async (c, { query }) => {
      const input = { ...readFilters(list, query), exact: query["exact"] };
      const { value, exact } = await ask(c.get("rest").api)(input as never);
      return { count: value, exact };
    },
  });

const value = z.strictObject({ value: z.string(), count: z.int() });

/** The most frequent values of a list's rows. */
const facetsRoute = (noun: RestNoun, list: AnyList, ask: Ask<Told>): RestRoute =>
  declareRoute({
    operationId: named("facetsOf", list),
    method: "get",
    path: `/facets/${list.name}`,
    noun,
    summary: `The most frequent values of the list of ${list.name}: ${(list.facets ?? []).map(queryName).join(", ")}`,
    description: "By the list's own filters, counted among the first 10,000 rows.",
    permission: list.permission,
    takes: { query: filtersOf(list) },
    answer: z.strictObject({
      rows: z.int().openapi({ description: "Rows that were counted" }),
      all: z.boolean().openapi({ description: "Whether those are all there are" }),
      facets: z.record(z.string(), z.array(value)),
    }),
    example: {
      rows: 1,
      all: true,
      facets: Object.fromEntries(
        (list.facets ?? []).map((name) => [queryName(name), [{ value: "…", count: 1 }]]),
      ),
    },
    respond: async (c, { query }) => {
      const { facets, ...of } = await ask(c.get("rest").api)(readFilters(list, query) as never);
      return {
        ...of,
        facets: Object.fromEntries(
          Object.entries(facets).map(([name, values]) => [queryName(name), values]),
        ),
      };
    },
  });

export const COUNT_ROUTES = [
  countRoute("batches", BATCH_LIST, (api) => api.batches.count),
  countRoute("jobs", JOB_LIST, (api) => api.jobs.count),
  countRoute("leads", LEAD_LIST, (api) => api.leads.count),
  countRoute("contacts", CONTACT_LIST, (api) => api.contacts.count),
  countRoute("pages", PAGE_LIST, (api) => api.pages.count),
  countRoute("exports", EXPORT_LIST, (api) => api.exports.count),
  countRoute("profiles", PROFILE_LIST, (api) => api.profiles.count),
  countRoute("keys", KEY_LIST, (api) => api.keys.count),
  countRoute("audit", AUDIT_LIST, (api) => api.audit.count),
  countRoute("schedules", SCHEDULE_LIST, (api) => api.schedules.count),
  countRoute("webhooks", WEBHOOK_LIST, (api) => api.webhooks.count),
  countRoute("webhooks", DELIVERY_LIST, (api) => api.deliveries.count),
  facetsRoute("batches", BATCH_LIST, (api) => api.batches.facets),
  facetsRoute("jobs", JOB_LIST, (api) => api.jobs.facets),
  facetsRoute("leads", LEAD_LIST, (api) => api.leads.facets),
  facetsRoute("contacts", CONTACT_LIST, (api) => api.contacts.facets),
  facetsRoute("exports", EXPORT_LIST, (api) => api.exports.facets),
];
