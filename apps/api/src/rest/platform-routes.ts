import { DomainError } from "@scrapersky/api";
import { z } from "@hono/zod-openapi";
import {
  type HealthFinding,
  PAUSABLE_QUEUES,
  type PlatformHealth,
  type QueueShown,
  type Told,
  type WayHealth,
  type WorkerShown,
} from "@scrapersky/api/contract";
import { idInPath } from "./field.ts";
import { legacyTime, time } from "./legacy-time.ts";
import { declareRoute, noSuch } from "./rest-route.ts";
import { shapeOf } from "./shape.ts";

const AT = "2026-11-21T09:00:00.123456+00:00";
const WORKER_ID_LENGTH_MAX = 400;
const word = z.string().nullable();
const number = z.number().nullable();

const way = shapeOf<WayHealth>()("DatabaseWay", {
  status: [z.enum(["ok", "error"]), ({ status }) => status, "ok"],
  latency_ms: [number, ({ latencyMs }) => latencyMs, 1],
  reason: [word, ({ reason }) => reason, null],
  read_only: [z.boolean().nullable(), ({ readOnly }) => readOnly, false],
});

const finding = shapeOf<HealthFinding>()("HealthFinding", {
  name: [z.string(), ({ name }) => name, "workers"],
  status: [z.enum(["warn", "fail"]), ({ status }) => (status === "fail" ? "fail" : "warn"), "warn"],
  says: [
    z.string(),
    ({ says }) => says,
    "1 of 1 workers are of another version than this api (0.2.0)",
  ],
  todo: [word, ({ todo }) => todo, "deploy one version to all of them"],
});

const worker = shapeOf<WorkerShown>()("Worker", {
  id: [z.string(), ({ workerId }) => workerId, "worker-1"],
  state: [z.string(), ({ state }) => state, "claiming"],
  silent: [z.boolean(), ({ isSilent }) => isSilent, false],
  version: [z.string(), ({ version }) => version, "1.0.0"],
  started_at: [time, ({ startedAt }) => legacyTime(startedAt), AT],
  seen_at: [time, ({ seenAt }) => legacyTime(seenAt), AT],
  concurrency: [z.int(), ({ concurrency }) => concurrency, 20],
  running: [z.int(), ({ running }) => running, 0],
});

const queue = shapeOf<QueueShown>()("Queue", {
  name: [z.string(), (of) => of.queue, "scrape-domain"],
  pausable: [z.boolean(), ({ isPausable }) => isPausable, true],
  paused_at: [time.nullable(), ({ paused }) => paused && legacyTime(paused.at), null],
  waiting: [z.int(), ({ waiting }) => waiting, 0],
  later: [z.int(), ({ later }) => later, 0],
  claimed: [z.int(), ({ claimed }) => claimed, 0],
  oldest_seconds: [number, ({ oldestSeconds }) => oldestSeconds, null],
});

/** Null where it cannot be had. */
const told = <S, O>({ value }: Told<S[]>, of: (source: S) => O): O[] | null =>
  value && value.map(of);

const pool = z.strictObject({
  max: z.int(),
  in_use: z.int(),
  idle: z.int(),
  opening: z.int(),
  waiting: z.int(),
});

const health = shapeOf<PlatformHealth>()("PlatformHealth", {
  as_of: [time, ({ asOf }) => legacyTime(asOf), AT],
  mode: [z.string(), ({ mode }) => mode, "direct"],
  pooled: [way.schema, ({ ways }) => way.of(ways.pooled), way.example],
  direct: [way.schema, ({ ways }) => way.of(ways.direct), way.example],
  pool: [
    pool,
    ({ pool: of }) => ({
      max: of.max,
      in_use: of.inUse,
      idle: of.idle,
      opening: of.opening,
      waiting: of.waiting,
    }),
    { max: 10, in_use: 1, idle: 1, opening: 0, waiting: 0 },
  ],
  findings: [
    z.array(finding.schema).openapi({
      description: "What is not as it should be, worst first, with what mends it",
    }),
    ({ findings }) => findings.filter(({ status }) => status !== "ok").map(finding.of),
    [finding.example],
  ],
  workers: [
    z.array(worker.schema).nullable(),
    ({ workers }) => told(workers, worker.of),
    [worker.example],
  ],
  queues: [
    z.array(queue.schema).nullable(),
    ({ queues }) => told(queues, queue.of),
    [queue.example, { ...queue.example, name: "scrape-domain-lost", pausable: false }],
  ],
});

const workerPath = { worker_id: idInPath({ max: WORKER_ID_LENGTH_MAX }) };
const queuePath = {
  queue: idInPath({ description: PAUSABLE_QUEUES.join(", "), example: PAUSABLE_QUEUES[0] }),
};
const ordered = z.strictObject({ id: z.string(), state: z.string() });
const moved = z.strictObject({ queue: z.string(), paused: z.boolean() });
/** What is no queue of ours is none that is there. */
const queueOf = ({ queue: name }: { queue: string }) => {
  const known = PAUSABLE_QUEUES.find((one) => one === name);
  if (known === undefined) throw new DomainError("NOT_FOUND", "Queue not found");
  return { queue: known };
};

export const PLATFORM_ROUTES = [
  declareRoute({
    operationId: "getPlatformHealth",
    method: "get",
    path: "/platform/health",
    noun: "platform",
    summary: "How the platform is: ways to the database, findings, workers, queues",
    description:
      "Parts that cannot be had right now are null. For probes without a key: /health, /health/ready, /health/database.",
    permission: "platform:health",
    answer: health.schema,
    example: health.example,
    respond: async (c) => health.of(await c.get("rest").api.health.overview()),
  }),

  declareRoute({
    operationId: "drainWorker",
    method: "post",
    path: "/workers/{worker_id}/drain",
    noun: "platform",
    summary: "Have a worker claim nothing more",
    description: "It learns of it within two seconds; what it is at goes on to its end.",
    permission: "platform:queue",
    takes: { path: workerPath },
    answer: ordered,
    example: { id: "worker-1", state: "draining" },
    refuses: { 404: noSuch("Worker") },
    respond: async (c, { path: { worker_id: workerId } }) => {
      const { workerId: id, state } = await c.get("rest").api.workers.drain({ workerId });
      return { id, state };
    },
  }),

  declareRoute({
    operationId: "resumeWorker",
    method: "post",
    path: "/workers/{worker_id}/resume",
    noun: "platform",
    summary: "Have a worker claim again",
    permission: "platform:queue",
    takes: { path: workerPath },
    answer: ordered,
    example: { id: "worker-1", state: "claiming" },
    refuses: { 404: noSuch("Worker") },
    respond: async (c, { path: { worker_id: workerId } }) => {
      const { workerId: id, state } = await c.get("rest").api.workers.resume({ workerId });
      return { id, state };
    },
  }),

  declareRoute({
    operationId: "pauseQueue",
    method: "post",
    path: "/queues/{queue}/pause",
    noun: "platform",
    summary: "Pause a queue for all workers",
    description: "What is claimed goes on to its end.",
    permission: "platform:queue",
    takes: { path: queuePath },
    answer: moved,
    example: { queue: "scrape-domain", paused: true },
    refuses: { 404: noSuch("Queue") },
    respond: (c, { path }) => c.get("rest").api.queues.pause(queueOf(path)),
  }),

  declareRoute({
    operationId: "resumeQueue",
    method: "post",
    path: "/queues/{queue}/resume",
    noun: "platform",
    summary: "Let a queue go on",
    permission: "platform:queue",
    takes: { path: queuePath },
    answer: moved,
    example: { queue: "scrape-domain", paused: false },
    refuses: { 404: noSuch("Queue") },
    respond: (c, { path }) => c.get("rest").api.queues.resume(queueOf(path)),
  }),
];
