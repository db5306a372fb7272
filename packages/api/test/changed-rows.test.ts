import { executeRawSql } from "@scrapersky/db";
import { createQueue } from "@scrapersky/queue";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findServerStart } from "../src/change/server-start.ts";
import { listChangedContacts } from "../src/contact/list-changed-contacts.ts";
import type { Procedures } from "../src/index.ts";
import { continuePurge, forgetOld, removeNextOfBatch } from "../src/services.ts";
import { claimJobs, recordClaim, releaseClaim } from "./claim-and-record.ts";
import { done, failed } from "./outcomes.ts";
import { countRead } from "./count-read.ts";
import { addLeads } from "./some-leads.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
  await addLeads(world, world.tenants.near.id, { count: 12 });
  await addLeads(world, world.tenants.far.id, { count: 5 });
});
afterAll(() => world.close());

type List = "contacts" | "pages" | "jobs" | "batches";
type Row = Record<string, unknown>;
interface Answer {
  items: (Row & { deleted: boolean })[];
  cursor: string;
  more: boolean;
  fresh: boolean;
}

const NAMES = {
  contacts: { row: "contact", id: "id" },
  pages: { row: "page", id: "id" },
  jobs: { row: "job", id: "jobId" },
  batches: { row: "batch", id: "batchId" },
} as const;
const LISTS = Object.keys(NAMES) as List[];

const ask = (list: List, input: { cursor?: string | undefined; limit?: number }) =>
  api[list].changed(input) as unknown as Promise<Answer>;

/** What of a job its batch and its lead tell, and how long a visit takes until now. */
const alone = ({
  lead: _a,
  batchLabel: _b,
  batchFirstDomain: _c,
  batchTotal: _d,
  ...row
}: Row) => ({
  ...row,
  durationSeconds: null,
  processingSeconds: null,
});

/** A program that keeps copies, a few rows at a time. */
class Copy {
  readonly list: List;
  readonly rows = new Map<string, Row>();
  cursor: string | undefined;
  constructor(list: List) {
    this.list = list;
  }
  async follow(): Promise<void> {
    const { row, id } = NAMES[this.list];
    for (let more = true; more;) {
      const answer = await ask(this.list, { cursor: this.cursor, limit: 3 });
      if (answer.fresh) this.rows.clear();
      for (const item of answer.items) {
        const key = item[id];
        if (!item.deleted) this.rows.set(String(key), alone(item[row] as Row));
        else if (key !== null) this.rows.delete(String(key));
        else {
          for (const [one, { domainId }] of this.rows) {
            if (domainId === item["domainId"]) this.rows.delete(one);
          }
        }
      }
      ({ cursor: this.cursor, more } = answer);
    }
  }
}

async function listed(list: List): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  for (let cursor: string | undefined; ;) {
    const page = await api[list].list({ limit: 200, cursor });
    for (const item of page.items as unknown as Row[]) {
      rows.set(String(item[NAMES[list].id]), alone(item));
    }
    if (page.nextCursor === null) return rows;
    cursor = page.nextCursor;
  }
}

const copies = LISTS.map((list) => new Copy(list));

/** Copies that go on from where they are have what the lists have. */
async function expectSame(): Promise<void> {
  for (const copy of copies) {
    await copy.follow();
    expect(copy.rows, copy.list).toEqual(await listed(copy.list));
  }
}

const purgeAll = async () => {
  const open = await world.rows<{ id: string }>("select id from app.purges where ended_at is null");
  for (const { id } of open) {
    let going = true;
    while (going) {
      const purge = await world.database.db.transaction((tx) =>
        continuePurge(tx, createQueue(world.database), id),
      );
      going = purge?.ended === false;
    }
  }
};

describe("copies of contacts, pages, jobs and batches", () => {
  let batchId = "";
  test("begin with all there is", async () => {
    await api.batches.create({ domains: ["first.example"], label: "First" });
    await expectSame();
    expect(copies.map(({ rows }) => rows.size > 0)).toEqual(LISTS.map(() => true));
    for (const { list, cursor } of copies) {
      expect((await ask(list, { cursor })).items, list).toEqual([]);
    }
  });

  const STEPS: [string, () => Promise<unknown>][] = [
    [
      "a batch is created, with a line that names no site",
      async () => {
        const domains = ["bakery.example", "broken.example", "c.example", "d.example", "no site"];
        ({ batchId } = await api.batches.create({ domains, label: "Bakers" }));
      },
    ],
    ["lines are added", () => api.batches.append({ batchId, domains: ["e.example", "f.example"] })],
    [
      "jobs are claimed, one ends well, one badly, one is given back",
      async () => {
        const claims = await claimJobs(world, 20);
        const of = (domain: string) => claims.find((claim) => claim.domain === domain)!;
        await recordClaim(world, of("bakery.example"), done());
        await recordClaim(world, of("broken.example"), failed());
        await releaseClaim(world, of("c.example"));
      },
    ],
    ["the batch is renamed", () => api.batches.rename({ batchId, label: "Bakeries" })],
    ["it is paused", () => api.batches.pause({ batchId })],
    ["it is resumed", () => api.batches.resume({ batchId })],
    [
      "one job is cancelled",
      async () => {
        const { items } = await api.jobs.list({ batchId, status: ["pending"] });
        await api.jobs.cancel({ jobId: items[0]!.jobId });
      },
    ],
    ["the rest is cancelled", () => api.batches.cancel({ batchId })],
    [
      "a lead is written, an address alone, an address and a page are deleted",
      async () => {
        await world.rows("update app.leads set town = 'Graz' where domain = 'lead-0.example'");
        await world.rows(
          "update app.lead_emails set takes_mail = 'no' where email like 'info@lead-2.%'",
        );
        await world.rows("delete from app.lead_emails where email like 'info@lead-4.%'");
      },
    ],
    [
      "a domain is suppressed, and one address",
      async () => {
        await api.suppressions.add({ entries: ["lead-6.example", "anna.maier@lead-2.example"] });
        await purgeAll();
      },
    ],
    [
      "a host is suppressed that another domain has a page at",
      async () => {
        await world.rows(
          `insert into pages (tenant_id, domain_id, url)
           select tenant_id, domain_id, 'https://elsewhere.example/' from app.leads where domain = 'lead-8.example'`,
        );
        await world.rows("update app.leads set pages = 2 where domain = 'lead-8.example'");
        await expectSame();
        await api.suppressions.add({ entries: ["elsewhere.example"] });
        await purgeAll();
      },
    ],
    [
      "a person is erased from wherever they stand",
      async () => {
        await world.rows(
          "update pages set title = 'Write to info@lead-0.example' where url = 'https://lead-10.example/'",
        );
        await world.rows("update app.leads set pages = 1 where domain = 'lead-10.example'");
        await expectSame();
        await api.suppressions.erase({ subject: "info@lead-0.example" });
        await purgeAll();
      },
    ],
    [
      "an owner's SQL deletes a domain",
      async () => {
        const of = "(select id from domains where domain = 'lead-9.example')";
        await world.rows(`delete from pages where domain_id in ${of}`);
        await world.rows(`delete from domains where id in ${of}`);
      },
    ],
    ["the batch is deleted", () => api.batches.delete({ batchId })],
    ["and restored", () => api.batches.restore({ batchId })],
    [
      "it is deleted again, and removed",
      async () => {
        await api.batches.delete({ batchId });
        await world.rows("update app.batch_removals set due_at = now()");
        while (await world.database.db.transaction((tx) => removeNextOfBatch(tx)));
      },
    ],
  ];
  test.each(STEPS)("are the same after: %s", async (_, step) => {
    await step();
    for (const copy of copies) {
      await copy.follow();
      expect(copy.rows, copy.list).toEqual(await listed(copy.list));
    }
  });

  test("and one that began while a batch was hidden has its jobs when it is restored", async () => {
    const made = await api.batches.create({ domains: ["hidden.example"] });
    await api.batches.cancel({ batchId: made.batchId });
    await api.batches.delete({ batchId: made.batchId });
    const late = [new Copy("jobs"), new Copy("batches")];
    for (const copy of late) await copy.follow();
    await api.batches.restore({ batchId: made.batchId });
    for (const copy of late) {
      await copy.follow();
      expect(copy.rows, copy.list).toEqual(await listed(copy.list));
    }
  });
});

test("what is committed late is told all the same, although something later was committed before it", async () => {
  const ids = await world.rows<{ id: string }>(
    "select job_id as id from app.scrape_jobs where tenant_id = :id::uuid order by number limit 2",
    { id: world.tenants.near.id },
  );
  const touch = "update app.scrape_jobs set pages = 7 where job_id = :id::uuid";
  const jobs = copies[2]!;
  await jobs.follow();
  let { cursor } = jobs;
  await world.database.db.transaction(async (early) => {
    await executeRawSql(early, touch, { id: ids[0]!.id });
    await world.rows(touch, { id: ids[1]!.id });
    const meanwhile = await api.jobs.changed({ cursor });
    expect(meanwhile.items).toEqual([]);
    ({ cursor } = meanwhile);
  });
  const told = await api.jobs.changed({ cursor });
  expect(told.items.map(({ jobId }) => jobId)).toEqual(ids.map(({ id }) => id));
});

test("a time begins with what was written since; one from before what is kept tells all there is", async () => {
  await world.rows("update app.changed_work set at = at - interval '2 days'");
  await world.rows("update app.revision_epochs set work_since = now() - interval '10 days'");
  const { batchId } = await api.batches.create({ domains: ["new.example"] });
  const since = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const recent = await api.batches.changed({ updatedSince: since(1) });
  expect(recent).toMatchObject({ fresh: false, items: [{ batchId, deleted: false }] });
  const old = await api.batches.changed({ updatedSince: since(20) });
  expect(old.fresh).toBe(true);
  expect(old.items.map((item) => item.batchId)).toEqual([...(await listed("batches")).keys()]);
});

test("a place from before what is kept begins anew; one that has heard of all that is gone does not, however old", async () => {
  const jobs = copies[2]!;
  await jobs.follow();
  const far = await world.caller(world.tenants.far, "owner");
  const old = await api.batches.changed({ updatedSince: new Date(0).toISOString() });
  await api.batches.create({ domains: ["one-more.example"] });
  const heard = await api.jobs.changed({ cursor: jobs.cursor });
  await world.rows("update app.changed_work set at = at - interval '40 days'");
  while (await forgetOld(world.database.db, { auditDays: 700 }));
  expect(await world.rows("select from app.changed_work")).toEqual([]);
  await expect(api.jobs.changed({ cursor: jobs.cursor })).rejects.toMatchObject({
    code: "CONFLICT",
    cause: { details: { errorCode: "BEGIN_AGAIN" } },
  });
  await expect(api.batches.changed({ cursor: old.cursor })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  expect(await api.jobs.changed({ cursor: heard.cursor })).toMatchObject({ items: [] });
  expect(await far.jobs.changed({})).toMatchObject({ fresh: true });
});

test("another list's place is refused, and another tenant's", async () => {
  const far = await world.caller(world.tenants.far, "owner");
  const { cursor } = await far.jobs.changed({});
  await expect(api.jobs.changed({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(far.batches.changed({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(far.pages.changed({ cursor })).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("copies that are kept while workers and staff write end as exactly what is there", async () => {
  let over = false;
  const kept = ["jobs", "batches"].map(async (list) => {
    const copy = new Copy(list as List);
    for (let isLast = false; !isLast;) {
      isLast = over;
      await copy.follow();
    }
    return copy;
  });
  const work = async (writer: number) => {
    for (let round = 0; round < 6; round++) {
      const domains = [0, 1, 2].map((n) => `w${writer}-${round}-${n}.example`);
      const { batchId } = await api.batches.create({ domains });
      const claims = await claimJobs(world, 2, `worker-${writer}`);
      for (const [at, claim] of claims.entries()) {
        await (at === 0 ? recordClaim(world, claim, failed()) : releaseClaim(world, claim));
      }
      await api.batches.cancel({ batchId });
      if (round % 2 === 0) await api.batches.delete({ batchId });
    }
  };
  await Promise.all([0, 1, 2].map(work));
  over = true;
  for (const copy of await Promise.all(kept)) {
    expect(copy.rows, copy.list).toEqual(await listed(copy.list));
  }
});

test("an answer reads about as many addresses as it tells, although an upgrade wrote all of them at once", async () => {
  const { id: tenantId } = world.tenants.near;
  await addLeads(world, tenantId, { count: 2_000, first: 10_000 });
  await world.database.db.transaction(async (tx) => {
    // As a column with a default gives it to every row that is there.
    await executeRawSql(
      tx,
      "update app.lead_emails set revision = app.next_revision() where tenant_id = :tenantId::uuid",
      { tenantId },
    );
  });
  const start = await findServerStart(world.database.db, tenantId);
  const who = { tenantId, mayReadContacts: true };
  const [told, read] = await world.database.db.transaction(async (tx) => {
    // Of so few it would rightly read all.
    await executeRawSql(tx, "set local enable_seqscan = off");
    await executeRawSql(tx, "set local enable_bitmapscan = off");
    const before = await countRead(tx);
    const { items, more } = await listChangedContacts(tx, who, start, { limit: 200 } as never);
    expect(more).toBe(true);
    return [items.length, (await countRead(tx)) - before];
  });
  expect(told).toBeGreaterThan(0);
  expect(read).toBeLessThan(20_000);
});
