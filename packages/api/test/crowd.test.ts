import {
  getTestServer,
  type PgBouncer,
  preparePgBouncer,
  startPgBouncer,
} from "@scrapersky/testing/database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { proceduresFor, type RoleName } from "../src/index.ts";
import { createWorld, type World } from "./world.ts";

const CALLERS = 100;
const SERVERS = 5;

describe.runIf(await preparePgBouncer())("a hundred callers on five servers of a pooler", () => {
  let bouncer: PgBouncer;
  let world: World;
  beforeAll(async () => {
    bouncer = await startPgBouncer({ target: getTestServer(), poolSize: SERVERS });
    world = await createWorld({ max: 20, urlOf: (name) => bouncer.url(name) });
  });
  afterAll(async () => {
    await world.close();
    await bouncer.stop();
  });

  const ROLES: readonly RoleName[] = ["owner", "operator", "viewer", "admin", "auditor"];
  const callers = Array.from({ length: CALLERS }, (_, number) => ({
    label: `crowd ${number}`,
    of: number % 2 === 0 ? ("near" as const) : ("far" as const),
    role: ROLES[Math.floor(number / 2) % ROLES.length]!,
    act: (["cancel", "append", "rename", "leave"] as const)[number % 4]!,
  }));

  /** What became of a call: a busy server may say so, and then nothing may be left. */
  const codeOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => "answered",
      (error: { code: string }) => error.code,
    );

  test("each is told what is theirs, and what was answered is there whole, the rest not at all", async () => {
    const foreign: string[] = [];
    const actors = await Promise.all(
      callers.map(({ of, role }) => world.actor(world.tenants[of], role)),
    );
    const ends = await Promise.all(
      callers.map(async ({ label, of, role, act }, number) => {
        const tenant = world.tenants[of];
        const api = proceduresFor(world.context({ actor: actors[number]! }));
        let batchId = "";
        const created = await codeOf(
          api.batches
            .create({ domains: [`${label.replace(" ", "-")}.example`, "shared.example"], label })
            .then((made) => (batchId = made.batchId)),
        );
        const acted =
          created !== "answered" || act === "leave"
            ? "left"
            : await codeOf(
                act === "cancel"
                  ? api.batches.cancel({ batchId })
                  : act === "append"
                    ? api.batches.append({ batchId, domains: ["more.example"] })
                    : api.batches.rename({
                        batchId,
                        label: `${label} renamed`,
                        expectedRenamedAt: null,
                      }),
              );
        const read = await codeOf(
          Promise.all([
            api.profiles.me(),
            api.batches.list({ limit: 200 }),
            api.jobs.list({}),
          ]).then(([me, { items }]) => {
            if (me.id !== tenant.people[role]) foreign.push(`${label} is ${me.id}`);
            const ours = new Set(callers.filter((one) => one.of === of).map((one) => one.label));
            for (const { label: seen } of items) {
              if (!ours.has(seen?.replace(" renamed", "") ?? ""))
                foreign.push(`${label} sees ${seen}`);
            }
          }),
        );
        return { batchId, label, role, act, created, acted, read };
      }),
    );
    expect(foreign).toEqual([]);

    const READERS = new Set(["viewer", "auditor"]);
    const wrong = ends.filter(({ role, created, acted, read }) => {
      const may = [READERS.has(role) ? "FORBIDDEN" : "answered", "SERVICE_UNAVAILABLE"];
      return (
        !may.includes(created) ||
        ![acted, read].every((code) => ["left", "answered", "SERVICE_UNAVAILABLE"].includes(code))
      );
    });
    expect(wrong).toEqual([]);
    expect(ends.filter(({ created }) => created === "answered").length).toBeGreaterThan(0);

    const batches = await world.rows<{
      id: string;
      right: boolean;
      audits: number;
      cancelled: boolean;
      jobs: number;
    }>(
      `select b.batch_id::text as id, count(j.id)::int as jobs,
         b.total_domains = count(j.id) and b.failed_domains + b.completed_domains = 0 as right,
         bool_and(j.status = 'cancelled') as cancelled,
         (select count(*)::int from app.audit_log a where a.action = 'batches.create' and a.target_id = b.batch_id::text) as audits
       from batch_jobs b join jobs j on j.batch_id = b.batch_id group by b.batch_id, b.total_domains, b.failed_domains, b.completed_domains`,
    );
    const stored = new Map(batches.map((batch) => [batch.id, batch]));
    const unlike = ends.filter(({ batchId, created, act, acted }) => {
      const batch = stored.get(batchId);
      if (created !== "answered") return batch !== undefined;
      const isDone = acted === "answered";
      return !(
        batch?.right === true &&
        batch.audits === 1 &&
        batch.jobs === (act === "append" && isDone ? 3 : 2) &&
        batch.cancelled === (act === "cancel" && isDone)
      );
    });
    expect(unlike).toEqual([]);
    // Of a commit whose answer was lost nobody knows.
    const sure = ends.filter(({ created }) => created === "answered").length;
    const lost = ends.filter(({ created }) => created === "SERVICE_UNAVAILABLE").length;
    expect(batches.length - sure).toBeLessThanOrEqual(lost);
    expect(
      await world.rows(
        "select from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'",
      ),
    ).toEqual([]);
  });
});
