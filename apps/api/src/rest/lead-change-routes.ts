import { z } from "@hono/zod-openapi";
import {
  DOMAIN_LENGTH_MAX,
  LEAD_LABEL_LENGTH_MAX,
  LEAD_NOTE_LENGTH_MAX,
  type LeadNotes,
} from "@scrapersky/api/contract";
import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { idInPath } from "./field.ts";
import { legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const CHANGED = "2026-11-21T09:00:00.123456+00:00";
const path = { domain: idInPath({ max: DOMAIN_LENGTH_MAX, description: "Or any address of it" }) };
const text = z.string().nullable();

const notes = shapeOf<LeadNotes>()("LeadNotes", {
  label: [text, ({ label }) => label, "Called"],
  note: [text.openapi({ description: "Null without contacts:read" }), ({ note }) => note, null],
  contacted_at: [time.nullable(), ({ contactedAt }) => legacyTimeOrNull(contactedAt), null],
  do_not_contact: [z.boolean(), ({ doNotContact }) => doNotContact, false],
  noted_at: [time.nullable(), ({ updatedAt }) => legacyTimeOrNull(updatedAt), CHANGED],
});

const notedAt = z.iso.datetime({ offset: true }).nullable().optional().openapi({
  description:
    "noted_at as it was told last, null where nothing was noted; left out, whatever stands there by now is written over",
});

/** Which lead an address names, and the moment that the next change is made from. */
async function placeOf(
  c: Context<AppEnv>,
  domain: string,
  asked: string | null | undefined,
): Promise<{ domainId: string; expectedUpdatedAt: string | null }> {
  const { domainId, notes: now } = await c.get("rest").api.leads.byDomain({ domain });
  return { domainId, expectedUpdatedAt: asked === undefined ? now.updatedAt : asked };
}

const refuses = {
  404: noSuch("Lead"),
  409: {
    description: "Somebody else changed it meanwhile",
    reason: {
      message: "Somebody else changed this lead meanwhile. Read it again.",
      code: "STALE",
    },
  },
};

const CHOICE_LENGTH_MAX = 320;
const choice = (description: string) =>
  z.string().trim().min(1).max(CHOICE_LENGTH_MAX).nullable().openapi({ description });
const chosen = z.strictObject({ best: text, notes: notes.schema });
const tooLong = (field: string) => ({
  loc: ["body", field],
  msg: `Too big: expected string to have <=${CHOICE_LENGTH_MAX} characters`,
  type: "value_error",
});

export const LEAD_CHANGE_ROUTES = [
  declareRoute({
    operationId: "updateLead",
    method: "post",
    path: "/leads/{domain}",
    noun: "leads",
    summary: "Note something on a lead",
    description: "What is left out stays; an empty text takes it away.",
    permission: "leads:write",
    alsoNeeds: ["domains:read"],
    takes: {
      path,
      body: {
        label: z.string().max(LEAD_LABEL_LENGTH_MAX).optional().openapi({ example: "Called" }),
        note: z.string().max(LEAD_NOTE_LENGTH_MAX).optional(),
        contacted: z.boolean().optional(),
        do_not_contact: z.boolean().optional(),
        noted_at: notedAt,
      },
    },
    answer: notes.schema,
    example: notes.example,
    refuses,
    complains: {
      loc: ["body", "label"],
      msg: `Too big: expected string to have <=${LEAD_LABEL_LENGTH_MAX} characters`,
      type: "value_error",
    },
    respond: async (c, { path: { domain }, body: { noted_at: at, ...body } }) => {
      const { label, note, contacted, do_not_contact: doNotContact } = body;
      const patch = { label, note, contacted, doNotContact };
      const place = await placeOf(c, domain, at);
      return notes.of(await c.get("rest").api.leads.update({ ...place, patch }));
    },
  }),

  declareRoute({
    operationId: "chooseEmail",
    method: "post",
    path: "/leads/{domain}/best-email",
    noun: "leads",
    summary: "Choose the best e-mail of a lead by hand",
    description: "One that the last scan found; null leaves it to the rule again.",
    permission: "leads:write",
    alsoNeeds: ["domains:read", "contacts:read"],
    takes: { path, body: { email: choice("One of its addresses, or null"), noted_at: notedAt } },
    answer: chosen,
    example: { best: "info@example.com", notes: { ...notes.example, label: null } },
    refuses,
    complains: tooLong("email"),
    respond: async (c, { path: { domain }, body: { noted_at: at, email } }) => {
      const place = await placeOf(c, domain, at);
      const { best, notes: now } = await c.get("rest").api.leads.chooseEmail({ ...place, email });
      return { best: best?.value ?? null, notes: notes.of(now) };
    },
  }),

  declareRoute({
    operationId: "choosePhone",
    method: "post",
    path: "/leads/{domain}/best-phone",
    noun: "leads",
    summary: "Choose the best phone of a lead by hand",
    description: "One that the last scan found; null leaves it to the rule again.",
    permission: "leads:write",
    alsoNeeds: ["domains:read", "contacts:read"],
    takes: {
      path,
      body: { e164: choice("One of its numbers as E.164, or null"), noted_at: notedAt },
    },
    answer: chosen,
    example: { best: null, notes: { ...notes.example, label: null } },
    refuses,
    complains: tooLong("e164"),
    respond: async (c, { path: { domain }, body: { noted_at: at, e164 } }) => {
      const place = await placeOf(c, domain, at);
      const { best, notes: now } = await c.get("rest").api.leads.choosePhone({ ...place, e164 });
      return { best: best?.value ?? null, notes: notes.of(now) };
    },
  }),
];
