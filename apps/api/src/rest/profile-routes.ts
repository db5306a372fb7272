import { z } from "@hono/zod-openapi";
import { listProfiles } from "@scrapersky/api";
import type { Profile } from "@scrapersky/api/contract";
import { idInPath } from "./field.ts";
import { legacyTimeOrNull, time } from "./legacy-time.ts";
import { declareListRoute } from "./list-route.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const CREATED = "2026-11-21T09:00:00.123456+00:00";

export const profile = shapeOf<Profile>()("Profile", {
  id: [z.uuid(), (person) => person.id, "c2a5f1de-35a4-4c0f-9a59-6b8f0f0e9d31"],
  name: [z.string().nullable(), (person) => person.name, "Ann Example"],
  email: [z.string().nullable(), (person) => person.email, "ann@example.com"],
  role: [z.string().nullable(), (person) => person.role, "ADMIN"],
  bio: [z.string().nullable(), (person) => person.bio, null],
  tenant_id: [z.uuid(), (person) => person.tenantId, "550e8400-e29b-41d4-a716-446655440000"],
  active: [z.boolean(), (person) => person.active, true],
  created_at: [time.nullable(), (person) => legacyTimeOrNull(person.createdAt), CREATED],
  updated_at: [time.nullable(), (person) => legacyTimeOrNull(person.updatedAt), CREATED],
});

export const PROFILE_ROUTES = [
  declareListRoute({
    operationId: "listProfiles",
    path: "/profiles",
    noun: "profiles",
    summary: "People of the tenant",
    description: "By creation time.",
    list: listProfiles,
    shape: profile,
    words: { active: { description: "false: those whose access has ended" } },
  }),

  declareRoute({
    operationId: "getProfile",
    method: "get",
    path: "/profiles/{profile_id}",
    noun: "profiles",
    summary: "One person",
    permission: "profiles:read",
    takes: { path: { profile_id: idInPath({ format: "uuid" }) } },
    answer: z.strictObject({ data: profile.schema }),
    example: { data: profile.example },
    refuses: { 404: noSuch("Profile") },
    respond: async (c, { path }) => {
      const { api } = c.get("rest");
      return { data: profile.of(await api.profiles.byId({ profileId: path.profile_id })) };
    },
  }),
];
