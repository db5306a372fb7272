import type { AuditRow, FeatureFlag, KeyRow, Role } from "@scrapersky/api/contract";
import { ago, id } from "./fixture-base.ts";

// Made-up keys: of a program that works, of one that has changed, of a person who has left. Made-up rows of the log.

const KEY: KeyRow = {
  keyId: id(501),
  name: "Weekly importer",
  holder: { kind: "service", id: id(510), name: "Weekly importer" },
  hint: "sk_live_4f0c2a91b7de_…9c31",
  state: "working",
  scopes: ["batches:read", "batches:create", "jobs:read"],
  createdAt: ago(3_600_000),
  lastUsedAt: ago(240),
  expiresAt: null,
  revokedAt: null,
  rotated: false,
};

export const KEYS: KeyRow[] = [
  KEY,
  {
    ...KEY,
    keyId: id(502),
    hint: "sk_live_90ab17cc03fe_…41d0",
    state: "expired",
    expiresAt: ago(86_400),
    createdAt: ago(7_200_000),
  },
  {
    ...KEY,
    keyId: id(503),
    name: "Reports of Théo",
    holder: { kind: "person", id: id(4), name: "Théo Lambert" },
    hint: "sk_live_c2f4e7710a55_…e802",
    state: "revoked",
    scopes: ["overview:read"],
    lastUsedAt: null,
    revokedAt: ago(172_800),
    createdAt: ago(9_000_000),
  },
];

const DONE: AuditRow = {
  auditId: "903",
  at: ago(600),
  actor: { id: id(1), name: "Marta Keller" },
  action: "rbac.assign",
  outcome: "done",
  count: 1,
  targetType: "profile",
  targetId: id(2),
  source: "ui",
  requestId: "0198f3a27c1e",
  detail: { before: { role: "viewer" }, after: { role: "operator" } },
};

export const AUDIT: AuditRow[] = [
  DONE,
  {
    ...DONE,
    auditId: "902",
    at: ago(4_000),
    actor: { id: id(3), name: "Priya Raman" },
    action: "batches.create",
    outcome: "refused",
    count: 4,
    targetType: null,
    targetId: null,
    detail: { code: "NEEDS_batches:create" },
  },
  {
    ...DONE,
    auditId: "901",
    at: ago(9_000),
    actor: null,
    action: "sign-in.fail",
    outcome: "failed",
    count: 12,
    targetType: null,
    targetId: null,
    source: "sign-in",
    detail: { address: "198.51.100.7" },
  },
];

const OWNER: Role = {
  id: 1,
  name: "owner",
  description: "Everything in the tenant",
  permissions: ["batches:create", "batches:read", "profiles:write"],
  people: 1,
  grantable: true,
  standard: true,
};

export const ROLES: Role[] = [
  OWNER,
  {
    ...OWNER,
    id: 4,
    name: "viewer",
    description: "Reads",
    permissions: ["batches:read"],
    people: 2,
  },
];

const FLAG: FeatureFlag = {
  featureId: id(601),
  name: "Maps",
  description: "Leads on a map",
  byDefault: false,
  here: null,
  on: false,
};

export const FLAGS: FeatureFlag[] = [
  FLAG,
  { ...FLAG, featureId: id(602), name: "Charts", description: null, byDefault: true, on: true },
  {
    ...FLAG,
    featureId: id(603),
    name: "Sequences",
    description: "Mails that follow",
    here: true,
    on: true,
  },
];
