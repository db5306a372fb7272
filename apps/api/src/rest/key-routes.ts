import { z } from "@hono/zod-openapi";
import { listKeys, PERMISSIONS } from "@scrapersky/api";
import {
  HEADERS,
  KEY_NAME_LENGTH_MAX,
  KEY_OVERLAP_HOURS,
  type KeyMade,
  type KeyRow,
} from "@scrapersky/api/contract";
import { idInPath, moment, oneOf, requiredText, wholeNumber } from "./field.ts";
import { keyed, otherRequest } from "./keyed.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { texts } from "./list-field.ts";
import { declareListRoute } from "./list-route.ts";
import { emptyListReason } from "./refusal.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const AT = "2026-11-21T09:00:00.123456+00:00";
const KEY = "0f8b1c9e-6d1e-4a52-9f0a-3f4f6f1f7c11";
const NO_SCOPES = "scopes list is required";
const SCOPES = Object.keys(PERMISSIONS).filter((name) => !name.startsWith("platform:"));
const SCOPE_LENGTH_MAX = 60;
const SCOPES_MAX = 100;

const path = { key_id: idInPath({ format: "uuid" }) };

const key = shapeOf<KeyRow>()("Key", {
  id: [z.uuid(), ({ keyId }) => keyId, KEY],
  name: [z.string(), ({ name }) => name, "Importer"],
  holder: [z.enum(["person", "service"]), ({ holder }) => holder.kind, "service"],
  holder_id: [z.uuid(), ({ holder }) => holder.id, "c2a5f1de-35a4-4c0f-9a59-6b8f0f0e9d31"],
  holder_name: [z.string().nullable(), ({ holder }) => holder.name, "Importer"],
  hint: [z.string(), ({ hint }) => hint, "sk_live_4f0c2a91b7de_…9c31"],
  state: [z.enum(["working", "expired", "revoked"]), ({ state }) => state, "revoked"],
  scopes: [z.array(z.string()), ({ scopes }) => scopes, ["jobs:read"]],
  created_at: [time, ({ createdAt }) => legacyTime(createdAt), AT],
  last_used_at: [time.nullable(), (row) => legacyTimeOrNull(row.lastUsedAt), null],
  expires_at: [time.nullable(), (row) => legacyTimeOrNull(row.expiresAt), null],
  revoked_at: [time.nullable(), (row) => legacyTimeOrNull(row.revokedAt), AT],
  rotated: [z.boolean(), ({ rotated }) => rotated, false],
});

const made = shapeOf<KeyMade>()("MadeKey", {
  key_id: [z.uuid(), ({ keyId }) => keyId, KEY],
  key: [
    z.string(),
    (of) => of.key,
    "sk_live_4f0c2a91b7de_0123456789abcdef0123456789abcdef0123456789abcdef",
  ],
  scopes: [z.array(z.string()), ({ scopes }) => scopes, ["jobs:read"]],
  expires_at: [time.nullable(), ({ expiresAt }) => legacyTimeOrNull(expiresAt), null],
});

export const KEY_ROUTES = [
  declareListRoute({
    operationId: "listKeys",
    path: "/keys",
    noun: "keys",
    summary: "Keys of programs, newest first",
    list: listKeys,
    shape: key,
    words: { q: { description: "Any part of the name" } },
  }),

  declareRoute({
    operationId: "createKey",
    method: "post",
    path: "/keys",
    noun: "keys",
    summary: "Make a key",
    description:
      "Of a service account of this name, or the caller's own. It is told this once. Nobody gives a key what they lack.",
    permission: "apikeys:write",
    takes: {
      body: {
        name: requiredText({ max: KEY_NAME_LENGTH_MAX, example: "Importer" }),
        holder: oneOf({ known: ["service", "me"], description: "service unless said" }),
        scopes: texts({
          max: SCOPES_MAX,
          lengthMax: SCOPE_LENGTH_MAX,
          whenEmpty: NO_SCOPES,
          description: `Of ${SCOPES.join(", ")}`,
          example: ["jobs:read"],
        }),
        expires_at: moment({ description: "It works until it is revoked where left out" }),
      },
      header: keyed("makes no second key, and is refused: its secret was told once"),
    },
    answer: made.schema,
    example: made.example,
    refuses: {
      400: { description: "No scopes", reason: emptyListReason(NO_SCOPES) },
      409: {
        description:
          "This Idempotency-Key made a key already, or was sent with another body before",
        reason: otherRequest.reason,
      },
    },
    complains: { loc: ["body", "scopes"], msg: "Field required", type: "missing" },
    respond: async (c, { body: { holder, expires_at: expiresAt, ...asked }, header }) =>
      made.of(
        await c.get("rest").api.keys.create({
          ...asked,
          holder: holder === "me" ? "me" : "service",
          expiresAt: expiresAt ?? null,
          idempotencyKey: header[HEADERS.idempotencyKey],
        }),
      ),
  }),

  declareRoute({
    operationId: "rotateKey",
    method: "post",
    path: "/keys/{key_id}/rotate",
    noun: "keys",
    summary: "Make another key in the place of one",
    description:
      "The old one goes on working for a while, so that a program changes without a pause. The new one lives as long, and is told this once.",
    permission: "apikeys:write",
    takes: {
      path,
      body: {
        overlap_hours: wholeNumber({
          min: 0,
          max: KEY_OVERLAP_HOURS.max,
          default: KEY_OVERLAP_HOURS.default,
          description: "How long the old one goes on working",
        }),
      },
    },
    answer: made.schema,
    example: made.example,
    refuses: {
      404: noSuch("Key"),
      409: {
        description: "It was rotated already, or has ended",
        reason: {
          message:
            "This key was rotated already. Rotate the one in its place, or revoke that first.",
          code: "KEY_ROTATED",
        },
      },
    },
    complains: {
      loc: ["body", "overlap_hours"],
      msg: `Input should be less than or equal to ${KEY_OVERLAP_HOURS.max}`,
      type: "less_than_equal",
    },
    respond: async (c, { path: { key_id: keyId }, body: { overlap_hours: overlapHours } }) =>
      made.of(await c.get("rest").api.keys.rotate({ keyId, overlapHours })),
  }),

  declareRoute({
    operationId: "revokeKey",
    method: "delete",
    path: "/keys/{key_id}",
    noun: "keys",
    summary: "End a key, for good",
    permission: "apikeys:write",
    takes: { path },
    answer: z.strictObject({ data: z.strictObject({ revoked: z.boolean() }) }),
    example: { data: { revoked: true } },
    refuses: { 404: noSuch("Key") },
    respond: async (c, { path: { key_id: keyId } }) => {
      const { revoked } = await c.get("rest").api.keys.revoke({ keyId });
      return { data: { revoked } };
    },
  }),
];
