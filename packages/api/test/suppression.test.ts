import { executeRawSql } from "@scrapersky/db";
import type { EmailFacts } from "@scrapersky/outcome";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { addSuppressions } from "../src/suppression/add-suppressions.ts";
import { done, failed, lead, metrics, page } from "./outcomes.ts";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let api: Procedures;
beforeAll(async () => {
  stage = await openStage();
  api = stage.api;
});
beforeEach(async () => {
  for (const table of [
    "app.suppressions",
    "app.purges",
    "pages",
    "domains",
    "app.lead_tombstones",
  ]) {
    await stage.world.rows(`delete from ${table}`);
  }
  await stage.reset();
});
afterAll(() => stage.world.close());

const HOME = "https://bakery.example/";
const CONTACT = "https://bakery.example/contact";
const [info] = lead.emails;
if (!info) throw new Error("the sample has an address");

const mailbox = (email: string, more: Partial<EmailFacts> = {}): EmailFacts => ({
  ...info,
  email,
  pages: [CONTACT],
  context: null,
  ...more,
});

/** A visit that met Anna in every place where somebody can be met. */
const withAnna = () =>
  done({
    lead: {
      ...lead,
      emails: [
        mailbox("anna@bakery.example", {
          kind: "person",
          person: { name: "Anna Sonne", title: "Chefin" },
          context: "Anna: anna@bakery.example",
        }),
        mailbox("info@bakery.example", { kind: "role", context: "or ANNA@bakery.example" }),
        mailbox("order@bakery.example"),
      ],
      bestEmail: { email: "anna@bakery.example", rule: "The first." },
      bestPersonEmail: { email: "anna@bakery.example", rule: "The first." },
      people: [
        {
          name: "Anna Sonne",
          title: "Chefin",
          email: "anna@bakery.example",
          phone: null,
          profileUrl: null,
          page: CONTACT,
        },
        {
          name: "Ben Berg",
          title: null,
          email: null,
          phone: null,
          profileUrl: null,
          page: CONTACT,
        },
      ],
      phones: lead.phones.map((phone) => ({ ...phone, label: "Anna Sonne, mobil" })),
    },
    pages: [
      page("/"),
      {
        ...page("/contact"),
        title: "Write to anna@bakery.example",
        description: "or to Anna (at) bakery.example",
        outboundLinks: [
          "https://elsewhere.example/?to=anna%40bakery.example",
          "https://other.example/",
        ],
      },
    ],
  });

const stored = async () => {
  const rows = await stage.world.rows<object>(
    `select (select jsonb_agg(t) from domains t) as domains, (select jsonb_agg(t) from pages t) as pages,
       (select jsonb_agg(t) from contacts t) as contacts, (select jsonb_agg(t) from app.leads t) as leads,
       (select jsonb_agg(t) from app.lead_emails t) as emails, (select jsonb_agg(t) from app.lead_people t) as people,
       (select jsonb_agg(t) from app.lead_phones t) as phones, (select jsonb_agg(t) from app.lead_changes t) as changes,
       (select jsonb_agg(t) from jobs t where t.batch_id = :batchId::uuid) as jobs,
       (select jsonb_agg(a) from app.job_attempts a join jobs j on j.job_id = a.job_id where j.batch_id = :batchId::uuid) as attempts`,
    { batchId: stage.ids.batchId },
  );
  return JSON.stringify(rows);
};

const lead1 = async () => {
  const [row] = await stage.world.rows<Record<string, unknown>>(
    `select l.emails, l.people, l.best_email, l.best_email_by, l.suggested #>> '{person,email}' as person, d.email_addresses,
       (select array_agg(c.email order by c.email) from contacts c where c.domain_id = d.id) as contacts,
       (select array_agg(e.email order by e.email) from app.lead_emails e where e.domain_id = d.id) as lead_emails
     from domains d join app.leads l on l.domain_id = d.id`,
  );
  return row;
};

const WITHOUT_ANNA = {
  emails: 2,
  people: 1,
  best_email: "info@bakery.example",
  best_email_by: "rule",
  person: "info@bakery.example",
  email_addresses: ["info@bakery.example", "order@bakery.example"],
  contacts: ["info@bakery.example", "order@bakery.example"],
  lead_emails: ["info@bakery.example", "order@bakery.example"],
};

describe("a suppressed person", () => {
  test("does not come back by a scan, in no column of what it stores", async () => {
    await api.suppressions.add({ entries: ["Anna@Bakery.example"] });
    expect(await stage.record(withAnna())).toBe("recorded");
    expect(await lead1()).toEqual(WITHOUT_ANNA);
    const all = (await stored()).toLowerCase();
    expect(all).not.toMatch(/anna(@|%40| [(]at)/);
    expect(all).not.toContain("anna sonne");
    expect(all).toContain("ben berg");
    expect(all).toContain("https://other.example/");
  });

  test.each(["bakery.example", "*@bakery.example", "anna@*"])(
    "goes with what stood there, and stays away at a rescan: %s",
    async (entry) => {
      await stage.record(withAnna());
      expect(await stored()).toContain("anna@bakery.example");
      const { added, purge } = await api.suppressions.add({ entries: [entry] });
      expect([added, purge?.ended]).toEqual([1, true]);
      const gone = await stored();
      expect(gone.toLowerCase()).not.toMatch(/anna(@|%40| [(]at)/);
      expect(gone).not.toContain("Anna Sonne");
      await stage.reset();
      await stage.record(withAnna());
      expect((await stored()).toLowerCase()).not.toMatch(/anna(@|%40)/);
    },
  );

  test("is removed with all that names them; counts, best address and tombstones tell so", async () => {
    await stage.record(withAnna());
    const { purge } = await api.suppressions.add({ entries: ["anna@bakery.example"] });
    expect(purge).toMatchObject({ ended: true, removed: { emails: 1, people: 1 } });
    expect(await lead1()).toEqual(WITHOUT_ANNA);
    expect(
      await stage.world.rows(
        "select count(*)::int as n from app.lead_tombstones where email_id is not null",
      ),
    ).toEqual([{ n: 1 }]);
  });

  test("may come back once the entry is removed", async () => {
    await api.suppressions.add({ entries: ["anna@bakery.example"] });
    const entries = ["ANNA@bakery.example", "nobody@bakery.example", "nonsense"];
    expect(await api.suppressions.remove({ entries })).toEqual({ removed: 1 });
    expect((await api.suppressions.list({})).items).toEqual([]);
    await stage.record(withAnna());
    expect(await lead1()).toMatchObject({ emails: 3, best_email: "anna@bakery.example" });
  });

  test("is another tenant's business there", async () => {
    const far = await stage.world.caller(stage.world.tenants.far, "owner");
    await far.suppressions.add({ entries: ["anna@bakery.example", "one.example"] });
    await stage.record(withAnna());
    expect(await lead1()).toMatchObject({ emails: 3 });
    await far.suppressions.erase({ subject: "anna@bakery.example" });
    expect(await lead1()).toMatchObject({ emails: 3 });
  });
});

test("what is stored under the name of an entry is gone with the commit that adds it, before any purge", async () => {
  const actor = await stage.world.actor(stage.world.tenants.near, "owner");
  const caller = { actor, requestId: "named", source: "trpc" as const };
  const add = (entries: string[]) =>
    stage.world.database.db.transaction((tx) => addSuppressions(tx, caller, { entries }));
  await stage.record(withAnna());
  const { purge } = await add(["anna@bakery.example"]);
  expect(purge).toMatchObject({ ended: false, removed: { emails: 1, people: 1 } });
  expect(await lead1()).toEqual(WITHOUT_ANNA);
  const [row] = await stage.world.rows<{ domain: string }>("select domain from domains");
  const gone = await add([row!.domain]);
  expect(gone.purge).toMatchObject({ ended: false, removed: { domains: 1 } });
  expect((await api.leads.list({})).items).toEqual([]);
  expect((await api.pages.list({})).items).toEqual([]);
});

describe("while a visit is being recorded", () => {
  const actorOf = async () => ({
    actor: await stage.world.actor(stage.world.tenants.near, "owner"),
    requestId: "race",
    source: "trpc" as const,
  });

  test("whoever suppresses waits for it, and removes what it stored", async () => {
    const { purge } = await stage.whileUncommitted(
      (tx) => stage.recordIn(tx, withAnna()),
      () => api.suppressions.add({ entries: ["anna@bakery.example"] }),
    );
    expect(purge).toMatchObject({ ended: true, removed: { emails: 1 } });
    expect(await lead1()).toEqual(WITHOUT_ANNA);
  });

  test("it waits for whoever suppresses, and stores nothing of it", async () => {
    const caller = await actorOf();
    const answer = await stage.whileUncommitted(
      (tx) => addSuppressions(tx, caller, { entries: ["anna@bakery.example"] }),
      () => stage.record(withAnna()),
    );
    expect(answer).toBe("recorded");
    expect(await lead1()).toEqual(WITHOUT_ANNA);
  });
});

describe("a suppressed domain", () => {
  test("that a visit was at has failed, and nothing of it is stored", async () => {
    await api.suppressions.add({ entries: ["one.example"] });
    await stage.record(withAnna());
    expect(await stage.job()).toMatchObject({
      status: "failed",
      error_code: "suppressed",
      domain_id: null,
    });
    expect(await stage.world.rows("select from domains")).toEqual([]);
    expect(await stage.batch()).toMatchObject({ failed_domains: 1 });
  });

  test("that another site led to has failed as well, with nothing of it stored", async () => {
    await api.suppressions.add({ entries: ["bakery.example"] });
    await stage.record(withAnna());
    expect(await stage.job()).toMatchObject({ status: "failed", error_code: "suppressed" });
    expect(await stored()).not.toContain("bakery.example");
  });

  test("takes only its own pages and links out of another site's visit", async () => {
    await api.suppressions.add({ entries: ["elsewhere.example", "shop.bakery.example"] });
    const shop = { ...page("/"), url: "https://shop.bakery.example/basket" };
    await stage.record(done({ pages: [page("/"), shop, page("/contact")] }));
    expect(await stage.world.rows("select url from pages order by url")).toEqual([
      { url: HOME },
      { url: CONTACT },
    ]);
    expect(await stored()).not.toMatch(/elsewhere|shop\.bakery/);
  });

  test("goes with pages, contacts and lead; its job stays as a line of the list", async () => {
    await stage.record(withAnna());
    const { purge } = await api.suppressions.add({ entries: ["one.example", "two.example"] });
    expect(purge?.removed).toEqual({ domains: 1, pages: 2 });
    for (const table of ["domains", "pages", "contacts", "app.leads", "app.lead_emails"]) {
      expect(await stage.world.rows(`select from ${table}`), table).toEqual([]);
    }
    expect(await stage.job()).toMatchObject({ status: "complete", domain_id: null });
    expect(await stored()).not.toContain("bakery.example");
    const tombstones = await stage.world.rows<{ email_id: string | null }>(
      "select email_id from app.lead_tombstones order by email_id",
    );
    expect(tombstones.filter((row) => row.email_id === null)).toHaveLength(1);
    expect(tombstones).toHaveLength(4);
  });

  test("keeps failures of it to the job as well", async () => {
    await api.suppressions.add({ entries: ["one.example"] });
    await stage.record(failed());
    expect(await stage.job()).toMatchObject({ status: "failed", error_code: "suppressed" });
    expect(await stage.world.rows("select from domains")).toEqual([]);
  });
});

describe("the list", () => {
  test("says what was added, known and refused, and tells each entry once", async () => {
    const entries = ["one.example", "ONE.example", "*@gmx.de", "nonsense", "anna@bäckerei.de"];
    const first = await api.suppressions.add({ entries, reason: "Asked us on the phone" });
    expect(first).toMatchObject({ added: 3, known: 0, refused: [{ entry: "nonsense" }] });
    expect(await api.suppressions.add({ entries: ["one.example", "two.example"] })).toMatchObject({
      added: 1,
      known: 1,
    });
    const { items } = await api.suppressions.list({ kind: ["email", "pattern"] });
    expect(items.map(({ entry }) => entry).toSorted()).toEqual(["*@gmx.de", "anna@bäckerei.de"]);
    expect(items[0]).toMatchObject({
      reason: "Asked us on the phone",
      createdBy: { name: "owner" },
      purge: { ended: true },
    });
    expect((await api.suppressions.list({ q: "BÄCK" })).items).toHaveLength(1);
  });

  test("does not say to whom may not read contacts whose address is held, or was suppressed before", async () => {
    const { world } = stage;
    const owner = await world.actor(world.tenants.near, "owner");
    const permissions = new Set([...owner.permissions].filter((name) => name !== "contacts:read"));
    const blind = await world.caller(world.tenants.near, "owner", {
      actor: { ...owner, permissions },
    });
    await api.suppressions.add({ entries: ["known@person.example"] });
    for (const entries of [["known@person.example"], ["other@person.example"]]) {
      const told = await blind.suppressions.add({ entries });
      expect(told).toEqual({ added: 1, known: 0, refused: [], purge: null, replayed: false });
      expect(await blind.suppressions.remove({ entries })).toEqual({ removed: 1 });
      expect(await blind.suppressions.remove({ entries })).toEqual({ removed: 1 });
    }
    await expect(
      blind.suppressions.preview({ subject: "known@person.example" }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    const erased = await blind.suppressions.erase({ subject: "known@person.example" });
    expect(erased).toMatchObject({ ended: true, removed: {} });
    const { purgeId } = erased;
    expect(await blind.suppressions.purge({ purgeId })).toMatchObject({ removed: {} });
    // Of domains it is told: they name nobody.
    const { purge } = await blind.suppressions.add({ entries: ["plain.example"] });
    expect(purge).toMatchObject({ ended: true });
    expect((await blind.suppressions.preview({ subject: "plain.example" })).kind).toBe("domain");
  });

  test("takes 1,000 entries a call", async () => {
    const entries = Array.from({ length: 1_000 }, (_, at) => `n${at}.example`);
    expect(await api.suppressions.add({ entries })).toMatchObject({ added: 1_000 });
    await expect(
      api.suppressions.add({ entries: [...entries, "one-more.example"] }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("holds 100,000 entries of a tenant, and asks the index for a few words whatever its length", async () => {
    await stage.world.rows(
      `insert into app.suppressions (tenant_id, kind, entry, shown, created_by)
       select :tenantId::uuid, 'email', n || '@full.example', n || '@full.example', gen_random_uuid()
       from generate_series(1, 99999) n`,
      { tenantId: stage.world.tenants.near.id },
    );
    expect(await api.suppressions.add({ entries: ["last.example"] })).toMatchObject({ added: 1 });
    await expect(api.suppressions.add({ entries: ["more.example"] })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "A suppression list holds at most 100,000 entries.",
    });
    await stage.world.rows("analyze app.suppressions");
    const plan = await executeRawSql<Record<string, string>>(
      stage.world.database.db,
      `explain select s.tenant_id, s.entry from unnest(:tenantIds::uuid[], :keys::text[]) as asked (tenant_id, key)
       join app.suppressions s on s.tenant_id = asked.tenant_id and s.entry = asked.key`,
      { tenantIds: [stage.world.tenants.near.id], keys: ["anna@bakery.example"] },
    );
    const text = plan.map((row) => Object.values(row)[0]).join("\n");
    expect(text).toContain("suppressions_tenant_id_entry_key");
    expect(text).not.toContain("Seq Scan on suppressions");
    await stage.record(withAnna());
    expect(await lead1()).toMatchObject({ emails: 3 });
  });

  test("leaves no address in the audit log", async () => {
    await api.suppressions.add({ entries: ["anna@bakery.example"] });
    await api.suppressions.erase({ subject: "anna@bakery.example" });
    await api.suppressions.remove({ entries: ["anna@bakery.example"] });
    const log = await stage.world.rows<{ action: string }>(
      "select action, target_id, detail from app.audit_log where action like 'suppressions.%'",
    );
    expect(log.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(log)).not.toMatch(/anna|bakery/);
  });
});

test("a job of a suppressed site is over before anything is sent there", async () => {
  const { world } = stage;
  await world.rows("delete from pgboss.job");
  const { batchId } = await api.batches.create({ domains: ["sub.never.example", "fine.example"] });
  await api.suppressions.add({ entries: ["never.example"] });
  const claims = await claimJobs(world, 2);
  const { endSuppressed } = await import("../src/services.ts");
  const over = await world.database.db.transaction((tx) =>
    endSuppressed(
      tx,
      "worker-1",
      claims.map((claim) => ({ ...claim, tenantId: world.tenants.near.id })),
    ),
  );
  const refused = claims.find(({ domain }) => domain === "sub.never.example");
  expect(over).toEqual([refused?.jobId]);
  const { items } = await api.jobs.list({ batchId, order: "batch" });
  expect(items.map(({ status, errorCode }) => [status, errorCode])).toEqual([
    ["failed", "suppressed"],
    ["running", null],
  ]);
  const fine = claims.find(({ domain }) => domain === "fine.example");
  if (fine) await recordClaim(world, fine, done({ metrics }));
  expect(await api.batches.byId({ batchId })).toMatchObject({ status: "partial" });
});
