import { z } from "@hono/zod-openapi";
import {
  BATCH_STATUSES,
  ID_LENGTH_MAX,
  JOB_STATUSES,
  type Notification,
  NOTIFICATIONS_SHOWN,
  type SearchAnswer,
  SEARCH_HITS_MAX,
} from "@scrapersky/api/contract";
import { BATCH_ID } from "./batch-standing.ts";
import { requiredText } from "./field.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { textsOrNone } from "./list-field.ts";
import { declareRoute, SIGNED_IN } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const SEARCH_LENGTH_MAX = 2_000;
const CREATED = "2026-11-21T09:00:00.123456+00:00";
const NOTIFICATION_ID = "2f6a1c3d-9b7e-4d1a-8c5f-0e4b2a7d6c18";
const word = z.string().nullable();

const found = shapeOf<SearchAnswer>()("SearchAnswer", {
  direct: [
    z
      .strictObject({
        kind: z.enum(["batch", "job", "lead", "schedule", "profile"]),
        id: z.string(),
      })
      .nullable()
      .openapi({ description: "What a pasted id, domain or address names" }),
    ({ direct }) => direct,
    null,
  ],
  batches: [
    z.array(
      z.strictObject({
        batch_id: z.uuid(),
        label: word,
        status: z.enum(BATCH_STATUSES),
        created_at: time,
      }),
    ),
    ({ batches }) =>
      batches.map(({ batchId, createdAt, ...of }) => ({
        ...of,
        batch_id: batchId,
        created_at: legacyTime(createdAt),
      })),
    [],
  ],
  jobs: [
    z.array(
      z.strictObject({
        job_id: z.uuid(),
        domain: z.string(),
        status: z.enum(JOB_STATUSES),
        batch_id: z.uuid().nullable(),
      }),
    ),
    ({ jobs }) =>
      jobs.map(({ jobId, batchId, ...of }) => ({ ...of, job_id: jobId, batch_id: batchId })),
    [],
  ],
  leads: [
    z.array(z.strictObject({ domain_id: z.uuid(), domain: z.string(), name: word, town: word })),
    ({ leads }) =>
      leads.map(({ domainId, displayDomain, ...of }) => ({
        ...of,
        domain_id: domainId,
        domain: displayDomain,
      })),
    [],
  ],
  contacts: [
    z
      .array(
        z.strictObject({
          domain_id: z.uuid(),
          email: z.string(),
          domain: z.string(),
          person: word,
        }),
      )
      .openapi({ description: "None without contacts:read" }),
    ({ contacts }) =>
      contacts.map(({ domainId, displayDomain, ...of }) => ({
        ...of,
        domain_id: domainId,
        domain: displayDomain,
      })),
    [],
  ],
  profiles: [
    z.array(z.strictObject({ id: z.uuid(), name: word, email: word })),
    ({ profiles }) => profiles,
    [{ id: "c2a5f1de-35a4-4c0f-9a59-6b8f0f0e9d31", name: "Ann Example", email: "ann@example.com" }],
  ],
});

const batchTold = z.strictObject({
  batch_id: z.uuid(),
  label: word,
  first_domain: word,
  status: z.enum(BATCH_STATUSES),
  total: z.int(),
  complete: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  emails: z.int().nullable(),
  phones: z.int().nullable(),
});

const notification = shapeOf<Notification>()("Notification", {
  id: [z.uuid(), ({ notificationId }) => notificationId, NOTIFICATION_ID],
  kind: [z.enum(["batch", "webhook"]), ({ kind }) => kind, "batch"],
  created_at: [time, ({ createdAt }) => legacyTime(createdAt), CREATED],
  read_at: [time.nullable(), ({ readAt }) => legacyTimeOrNull(readAt), null],
  batch: [
    batchTold.nullable().openapi({ description: "As it stands now, of one that has ended" }),
    (of) =>
      of.kind === "batch"
        ? {
            batch_id: of.batch.batchId,
            label: of.batch.label,
            first_domain: of.batch.firstDomain,
            status: of.batch.status,
            total: of.batch.total,
            complete: of.batch.counts.complete,
            failed: of.batch.counts.failed,
            cancelled: of.batch.counts.cancelled,
            emails: of.batch.emails,
            phones: of.batch.phones,
          }
        : null,
    {
      batch_id: BATCH_ID,
      label: null,
      first_domain: "example.com",
      status: "complete",
      total: 1,
      complete: 1,
      failed: 0,
      cancelled: 0,
      emails: 0,
      phones: 0,
    },
  ],
  webhook: [
    z
      .strictObject({ webhook_id: z.uuid(), url: z.string(), reason: word })
      .nullable()
      .openapi({ description: "One that was disabled" }),
    (of) =>
      of.kind === "webhook"
        ? { webhook_id: of.webhook.webhookId, url: of.webhook.url, reason: of.webhook.reason }
        : null,
    null,
  ],
});

export const SEARCH_ROUTES = [
  declareRoute({
    operationId: "search",
    method: "get",
    path: "/search",
    noun: "account",
    summary: "Find whatever a text may stand for",
    description: `An id, a domain, an address, a part of a name. Of each kind at most ${SEARCH_HITS_MAX}, and none without the right to its list.`,
    permission: SIGNED_IN,
    takes: { query: { q: requiredText({ max: SEARCH_LENGTH_MAX, example: "ann" }) } },
    answer: found.schema,
    example: found.example,
    complains: { loc: ["query", "q"], msg: "Field required", type: "missing" },
    respond: async (c, { query }) => found.of(await c.get("rest").api.search.global(query)),
  }),

  declareRoute({
    operationId: "listNotifications",
    method: "get",
    path: "/notifications",
    noun: "account",
    summary: "What one is told: batches of one's own that ended, webhooks that were disabled",
    description: `The newest ${NOTIFICATIONS_SHOWN}. A service is told nothing here: it has webhooks.`,
    permission: "batches:read",
    answer: z.strictObject({ unread: z.int(), data: z.array(notification.schema) }),
    example: { unread: 1, data: [notification.example] },
    respond: async (c) => {
      const { unread, items } = await c.get("rest").api.notifications.latest();
      return { unread, data: items.map(notification.of) };
    },
  }),

  declareRoute({
    operationId: "readNotifications",
    method: "post",
    path: "/notifications/read",
    noun: "account",
    summary: "Mark what one was told as read",
    permission: "batches:read",
    takes: {
      body: {
        ids: textsOrNone({
          max: NOTIFICATIONS_SHOWN,
          lengthMax: ID_LENGTH_MAX,
          description: "Left out: all",
        }),
      },
    },
    answer: z.strictObject({
      read: z.int().openapi({ description: "How many had not been read before" }),
    }),
    example: { read: 1 },
    complains: { loc: ["body", "ids"], msg: "Input should be a valid list", type: "list_type" },
    respond: (c, { body }) =>
      c.get("rest").api.notifications.markRead({ notificationIds: body.ids }),
  }),
];
