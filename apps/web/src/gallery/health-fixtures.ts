import type { PlatformHealth, WayHealth } from "@scrapersky/api/contract";
import { ago, id } from "./fixture-base.ts";

// A made-up platform on which some things are to be looked at.

const WELL: WayHealth = {
  status: "ok",
  latencyMs: 1.2,
  reason: null,
  replica: false,
  readOnly: false,
  serverVersion: "17.6",
  latency: { count: 58, p50: 1.1, p95: 4.6, max: 38.2 },
};

export const PLATFORM: PlatformHealth = {
  asOf: ago(2),
  program: { version: "0.2.0", startedAt: ago(86_400) },
  ways: {
    pooled: WELL,
    direct: {
      ...WELL,
      status: "error",
      latencyMs: null,
      reason: "connect_failed",
      serverVersion: null,
      latency: { count: 20, p50: 8.4, p95: 21, max: 22 },
    },
  },
  isApart: true,
  pooler: { kind: "pgbouncer", version: "1.25.0" },
  mode: "transaction",
  notes: ["DATABASE_URL: raw_sql is a setting of the first system and not sent"],
  pool: {
    max: 10,
    inUse: 4,
    idle: 3,
    opening: 0,
    waiting: 0,
    waits: { count: 1000, p50: 0, p95: 0.4, max: 12 },
  },
  findings: [
    {
      name: "direct",
      status: "fail",
      says: "DATABASE_MIGRATION_URL does not answer: the database refused the connection",
      todo: "check that the server runs, and the host and port of the address",
    },
    {
      name: "idle transactions",
      status: "warn",
      says: "one stands idle, for 14 min at most (psql): what they lock others wait for",
      todo: "select pg_terminate_backend(4711); and so that none comes again: alter role app set idle_in_transaction_session_timeout = '60s';",
    },
    {
      name: "queue scrape-domain",
      status: "warn",
      says: "it was paused by Jonas Weber: nothing more of it is claimed",
      todo: "resume it, here below",
    },
    { name: "versions", status: "ok", says: "PostgreSQL 17.6, Node.js 26.10.0", todo: null },
    { name: "limits", status: "ok", says: "24 of 100 connections in use", todo: null },
  ],
  workers: {
    value: [
      {
        workerId: "scraper-1:412:0a7be19c",
        state: "claiming",
        isSilent: false,
        version: "0.2.0",
        startedAt: ago(40_000),
        seenAt: ago(3),
        concurrency: 32,
        running: 2,
        visits: [
          {
            jobId: id(1),
            domain: "harborview-dental.example",
            tenant: "Skyline Marketing",
            since: ago(12),
            waits: false,
          },
          {
            jobId: id(2),
            domain: "a-bakery-with-a-very-long-name-of-its-own.example",
            tenant: "Harbor Partners",
            since: ago(4),
            waits: true,
          },
        ],
      },
      {
        workerId: "scraper-2:97:c41dd0e2",
        state: "draining",
        isSilent: false,
        version: "0.2.0",
        startedAt: ago(40_000),
        seenAt: ago(1),
        concurrency: 32,
        running: 0,
        visits: [],
      },
      {
        workerId: "scraper-3:55:99d0b1aa",
        state: "claiming",
        isSilent: true,
        version: "0.1.4",
        startedAt: ago(90_000),
        seenAt: ago(1_900),
        concurrency: 16,
        running: 5,
        visits: [],
      },
    ],
    reason: null,
  },
  queues: {
    value: [
      {
        queue: "scrape-domain",
        isPausable: true,
        paused: { at: ago(600), by: "Jonas Weber" },
        waiting: 1_204,
        later: 3,
        claimed: 2,
        oldestSeconds: 601,
      },
      {
        queue: "scrape-domain-lost",
        isPausable: false,
        paused: null,
        waiting: 0,
        later: 0,
        claimed: 0,
        oldestSeconds: null,
      },
    ],
    reason: null,
  },
  transactions: {
    value: [
      {
        pid: 4711,
        program: "psql",
        isIdle: true,
        ageSeconds: 1_020,
        stateSeconds: 840,
        waitsFor: [],
        statement: "lock table …",
      },
      {
        pid: 4800,
        program: "scrapersky-worker",
        isIdle: false,
        ageSeconds: 3.2,
        stateSeconds: 3.2,
        waitsFor: [4711],
        statement: "select pg_advisory_xact_lock($1)",
      },
    ],
    reason: null,
  },
  slow: {
    value: {
      of: "history",
      statements: [
        {
          text: "merge into app.lead_facts using given on given.domain_id = lead_facts.domain_id when matched then do nothing",
          procedure: "jobs.list",
          calls: 120_400,
          meanMs: 12.4,
          maxMs: 890,
          totalMs: 1_492_960,
        },
        {
          text: "select pg_advisory_xact_lock($1)",
          procedure: "worker.record",
          calls: 48_000,
          meanMs: 4.1,
          maxMs: 210,
          totalMs: 196_800,
        },
      ],
    },
    reason: null,
  },
  migrations: { value: { applied: 47, expected: 47, newest: "0047_workers" }, reason: null },
  sizes: { value: null, reason: "The database did not answer in time." },
  retention: {
    value: [
      {
        what: "Keys of calls that must not happen twice",
        kept: "24 hours",
        oldestAt: ago(80_000),
        isOverdue: false,
      },
      {
        what: "Audit log",
        kept: "as many days as AUDIT_DAYS of the workers says",
        oldestAt: ago(9_000_000),
        isOverdue: false,
      },
    ],
    reason: null,
  },
};
