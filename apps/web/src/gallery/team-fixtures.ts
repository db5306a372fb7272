import type { KeyRow } from "@scrapersky/api/contract";
import { ago, id } from "./fixture-base.ts";

// Made-up keys: of a program that works, of one that has changed, of a person who has left.

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
