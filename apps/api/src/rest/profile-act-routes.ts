import { z } from "@hono/zod-openapi";
import {
  EMAIL_LENGTH_MAX,
  HEADERS,
  PERSON_NAME_LENGTH_MAX,
  type Assignment,
  type Invited,
} from "@scrapersky/api/contract";
import { idInPath, moment, requiredFlag, requiredText, text } from "./field.ts";
import { keyed } from "./keyed.ts";
import { legacyTime, legacyTimeOrNull, time } from "./legacy-time.ts";
import { profile } from "./profile-routes.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const ROLE_LENGTH_MAX = 100;
const END = "2026-11-22T09:00:00.123000+00:00";
const PERSON = "c2a5f1de-35a4-4c0f-9a59-6b8f0f0e9d31";

const path = { profile_id: idInPath({ format: "uuid" }) };
const role = requiredText({ max: ROLE_LENGTH_MAX, description: "Its name", example: "viewer" });

export const invitation = shapeOf<Invited>()("Invitation", {
  profile_id: [z.uuid(), ({ profileId }) => profileId, PERSON],
  email: [z.string(), ({ email }) => email, "new@example.com"],
  mailed: [z.boolean(), ({ mailed }) => mailed, false],
  link: [
    z.string().nullable(),
    ({ link }) => link,
    "https://sky.example/sign-in/link#4b1UQyqYB4Zs2x0h5x9k3m7n1p5r9t3v7w1y5z9A3C7",
  ],
  expires_at: [time.nullable(), ({ expiresAt }) => legacyTimeOrNull(expiresAt), END],
});

const assignment = shapeOf<Assignment>()("Assignment", {
  role: [z.string(), (of) => of.role, "viewer"],
  until: [time.nullable(), ({ until }) => legacyTimeOrNull(until), null],
});

const conflict = (description: string, message: string, code: string) => ({
  409: { description, reason: { message, code } },
});

export const PROFILE_ACT_ROUTES = [
  declareRoute({
    operationId: "inviteProfile",
    method: "post",
    path: "/profiles",
    noun: "profiles",
    summary: "Invite somebody into the tenant",
    description:
      "The link sets a password and works once; it is told here alone, and only where no message went out and it leads into no other tenant. Nobody gives a role with rights that they lack.",
    permission: "profiles:write",
    takes: {
      body: {
        email: requiredText({ max: EMAIL_LENGTH_MAX, example: "new@example.com" }),
        role,
        name: text({ min: 0, max: PERSON_NAME_LENGTH_MAX }),
      },
      header: keyed("invites nobody again, and tells no link"),
    },
    tells: { [HEADERS.idempotentReplayed]: "true when an earlier call with this key invited them" },
    answer: invitation.schema,
    example: invitation.example,
    refuses: {
      404: {
        description: "There is no such role",
        reason: {
          message:
            'There is no role "nobody". There are: owner, admin, operator, viewer, auditor, developer.',
          code: "NOT_FOUND",
        },
      },
      ...conflict(
        "Somebody who is a member already, or this Idempotency-Key was sent with another body before",
        "new@example.com is a member already.",
        "MEMBER",
      ),
    },
    complains: { loc: ["body", "email"], msg: "Field required", type: "missing" },
    respond: async (c, { body, header }) => {
      const idempotencyKey = header[HEADERS.idempotencyKey];
      const made = await c.get("rest").api.profiles.invite({ ...body, idempotencyKey });
      if (made.replayed) c.header(HEADERS.idempotentReplayed, "true");
      return invitation.of(made);
    },
  }),

  declareRoute({
    operationId: "resendInvitation",
    method: "post",
    path: "/profiles/{profile_id}/invite",
    noun: "profiles",
    summary: "Make another link for somebody who was invited",
    description: "Earlier ones stop working.",
    permission: "profiles:write",
    takes: { path },
    answer: invitation.schema,
    example: invitation.example,
    refuses: {
      404: noSuch("Profile"),
      ...conflict(
        "Somebody who has a password",
        "This person has a password and signs in with it. For another one they ask on the sign-in page.",
        "HAS_PASSWORD",
      ),
    },
    respond: async (c, { path: { profile_id: profileId } }) =>
      invitation.of(await c.get("rest").api.profiles.resendInvite({ profileId })),
  }),

  declareRoute({
    operationId: "updateProfile",
    method: "put",
    path: "/profiles/{profile_id}",
    noun: "profiles",
    summary: "Shut somebody out, or let them in again",
    description:
      "Who is shut out has no session and no link any more, and their keys and streams end within two seconds.",
    permission: "profiles:write",
    alsoNeeds: ["profiles:read"],
    takes: { path, body: { active: requiredFlag({}) } },
    answer: z.strictObject({ data: profile.schema }),
    example: {
      data: {
        ...profile.example,
        name: null,
        email: "new@example.com",
        role: "USER",
        active: false,
      },
    },
    refuses: {
      404: noSuch("Profile"),
      ...conflict("Oneself", "Nobody shuts themselves out. Ask somebody else.", "SELF"),
    },
    complains: { loc: ["body", "active"], msg: "Field required", type: "missing" },
    respond: async (c, { path: { profile_id: profileId }, body: { active } }) => {
      const { profiles } = c.get("rest").api;
      await (active ? profiles.enable : profiles.disable)({ profileId });
      return { data: profile.of(await profiles.byId({ profileId })) };
    },
  }),

  declareRoute({
    operationId: "deleteProfile",
    method: "delete",
    path: "/profiles/{profile_id}",
    noun: "profiles",
    summary: "Take somebody out of the tenant",
    description: "They lose their role and their keys here. What they did stays.",
    permission: "profiles:write",
    takes: { path },
    answer: z.strictObject({ data: z.strictObject({ deleted: z.literal(true) }) }),
    example: { data: { deleted: true } },
    refuses: {
      404: noSuch("Profile"),
      ...conflict(
        "The last owner",
        'This is the last active owner of "Harbor Partners". Make somebody else owner first.',
        "LAST_OWNER",
      ),
    },
    respond: async (c, { path: { profile_id: profileId } }) => {
      await c.get("rest").api.profiles.remove({ profileId });
      return { data: { deleted: true as const } };
    },
  }),

  declareRoute({
    operationId: "listAssignments",
    method: "get",
    path: "/profiles/{profile_id}/roles",
    noun: "profiles",
    summary: "The roles of somebody, and until when they have them",
    permission: "rbac:read",
    takes: { path },
    answer: z.strictObject({ data: z.array(assignment.schema) }),
    example: { data: [assignment.example] },
    refuses: { 404: noSuch("Profile") },
    respond: async (c, { path: { profile_id: profileId } }) => ({
      data: (await c.get("rest").api.rbac.assignments({ profileId })).map(assignment.of),
    }),
  }),

  declareRoute({
    operationId: "assignRole",
    method: "post",
    path: "/profiles/{profile_id}/roles",
    noun: "profiles",
    summary: "Give somebody a role",
    description:
      "For good, in the place of the others; with until besides them, until then. Nobody gives a role with rights that they lack.",
    permission: "rbac:assign",
    needsOf: "tenants:transfer for an owner",
    takes: { path, body: { role, until: moment({ description: "Within the next 366 days" }) } },
    answer: assignment.schema,
    example: { role: "viewer", until: null },
    refuses: { 404: noSuch("Profile") },
    complains: { loc: ["body", "role"], msg: "Field required", type: "missing" },
    respond: async (c, { path: { profile_id: profileId }, body }) => {
      const { rbac } = c.get("rest").api;
      if (body.until === undefined) {
        const { role: given } = await rbac.assign({ profileId, role: body.role });
        return { role: given, until: null };
      }
      const lent = await rbac.lend({ profileId, role: body.role, until: body.until });
      return { role: lent.role, until: legacyTime(lent.until) };
    },
  }),
];
