import { PERMISSIONS } from "@scrapersky/api";
import {
  type AnyList,
  BATCH_LIST,
  CONTACT_LIST,
  EXPORT_FORMATS,
  JOB_LIST,
  LEAD_LIST,
  PAGE_LIST,
  queryName,
} from "@scrapersky/api/contract";
import { type Mark, markTexts, marksIn } from "@scrapersky/testing/marks";
import readExcel from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { V3_PREFIX, V3_ROUTES } from "../src/rest/v3-routes.ts";
import { answerWaitingJobs } from "./answered-batch.ts";
import { OWNER, type Stack, startStack, VIEWER } from "./stack.ts";

// What REST tells a key that may do everything but read contacts. The procedures behind it are held to the same, column by
// column, in packages/api; here it is what REST reads and writes by itself: its lists, its shapes, its files.

/** Columns whose texts are asked for by what they say, or are words of our own; acts on many rows are marked in packages/api. */
const UNMARKED =
  /^(public\.(profiles|tenants|roles|permissions|sidebar_features|user_\w+)|app\.(accounts|bulk_\w+|api_keys|migrations|seeds|service_accounts|sessions|sign_in_links|tenant_slugs|users|verifications|webhook\w*))\.|\.(domain|display_domain|status|state|job_type|processor_type|format|list|kind|country\w*|language|postcode|\w*_code|reason|tenant_id|networks|signals|technology_names|removed|cron|time_zone|missed|overlap|outcome|audit_log\.\w+|exports\.columns)$/;
/** What only people say of people: not even a name of it is told. */
const SECRET =
  /^app\.(leads\.(label|note|legal_name|street|best_\w+)|lead_(emails|phones|people|socials|addresses)\.\w+|batch_lines\.\w+|batch_lists\.\w+|scrape_jobs\.input|suppressions\.\w+)$/;

let stack: Stack;
let marks: Mark[];
const ids: Record<string, string> = {
  domain: "example.com",
  role: "operator",
  key: "columns.leads",
  permission: "jobs:read",
  queue: "scrape-domain",
  worker_id: "worker-1",
  role_id: "7",
  run_id: crypto.randomUUID(),
  saved_id: crypto.randomUUID(),
  feature_id: crypto.randomUUID(),
};

beforeAll(async () => {
  stack = await startStack();
  const created = await stack.post(
    "/api/v3/batch_page_scraper/batch",
    { domains: ["example.com", "anna maier, no site"] },
    OWNER,
  );
  ids["batch_id"] = ((await created.json()) as { batch_id: string }).batch_id;
  await answerWaitingJobs(stack);
  await stack.post("/api/v3/suppressions", { entries: ["nobody@never.example"] }, OWNER);
  await (await stack.get("/api/v3/export/leads.csv?town=Wien", OWNER)).text();
  const acted = await stack.post(
    "/api/v3/bulk",
    { action: "jobs.cancel", list: "jobs", filter: {} },
    OWNER,
  );
  ids["bulk_id"] = ((await acted.json()) as { id: string }).id;
  const filter = { town: ["Wien"], label: ["Anna's"], contact: "anna" };
  const scheduled = { name: "Bakers", ...TIMES, filter };
  const made = await stack.post("/api/v3/schedules", scheduled, OWNER);
  const { schedule } = (await made.json()) as { schedule: { id: string } };
  ids["schedule_id"] = schedule.id;
  const hook = { url: "https://hook.example/", events: ["batch.failed"] };
  const hooked = await stack.post("/api/v3/webhooks", hook, OWNER);
  ids["webhook_id"] = ((await hooked.json()) as { id: string }).id;
  const tested = await stack.post(`/api/v3/webhooks/${ids["webhook_id"]}/test`, {}, OWNER);
  ids["delivery_id"] = ((await tested.json()) as { id: string }).id;
  await stack.rows(
    `insert into app.schedule_runs (schedule_id, tenant_id, outcome, error)
     select id, tenant_id, 'failed', 'It failed' from app.schedules`,
  );
  await stack.rows(
    `update app.leads set note = 'n', label = 'l', street = 's', legal_name = 'g', town = 't', region = 'r', best_email = 'a@b.example',
       best_email_by = 'hand', best_phone = '+4312345678', best_phone_by = 'hand'`,
  );
  const views = await stack.rows<{ id: string }>(
    `insert into app.saved_views (tenant_id, owner_id, list, slug, name, query, shared)
     select tenant_id, id, 'leads', 'anna', 'Of anna maier', 'contact=anna', true from profiles where email = :email
     returning id`,
    { email: VIEWER },
  );
  ids["view_id"] = views[0]?.id ?? "";
  const key = { name: "Importer", scopes: ["jobs:read"] };
  await stack.post("/api/v3/keys", key, OWNER);
  await stack.rows("alter table app.audit_log disable trigger audit_log_updated");
  marks = await markTexts(stack.rows, (column) => !UNMARKED.test(column));
  const scopes = Object.keys(PERMISSIONS).filter((one) => one !== "contacts:read");
  await stack.rows("update app.api_keys set scopes = :scopes::text[]", { scopes });
  const found = await stack.rows<Record<string, string>>(
    `select (select job_id::text from app.scrape_jobs where domain = 'example.com' limit 1) as job_id,
       (select id::text from profiles limit 1) as profile_id, (select id::text from app.api_keys where service_account_id is not null) as key_id,
       (select id::text from app.purges limit 1) as purge_id, (select domain_id::text from app.leads limit 1) as domain_id,
       (select id::text from sidebar_features limit 1) as entry_id, (select id::text from tenants limit 1) as tenant_id, (select id::text from app.exports limit 1) as export_id`,
  );
  Object.assign(ids, found[0], { table: "public.jobs" });
});
afterAll(() => stack.close());

/** What a path asks for that cannot be left out. */
const QUERY: Record<string, string> = { "/views": "?list=leads", "/search": "?q=anna" };
const TIMES = { cron: "0 9 * * *", time_zone: "UTC" };
const BODY: Record<string, unknown> = {
  ...TIMES,
  name: "Bakers",
  base_url: "more.example",
  label: "l",
  email: null,
  e164: null,
  best_email: "role",
  url: "https://hook.example/",
  events: ["batch.finished"],
  filter: {},
  updated_at: "2026-11-21T09:00:00.123456+00:00",
  domains: ["more.example"],
  text: "more.example",
  entries: ["never@never.example"],
  subject: "gone@never.example",
};

async function readable(answer: Response, format: string | undefined): Promise<string> {
  if (format !== "xlsx" || !answer.ok) return answer.text();
  return JSON.stringify(await readExcel(Buffer.from(await answer.arrayBuffer())));
}

const asked = V3_ROUTES.flatMap(({ config, takes }) => {
  const formats = "format" in takes.path ? EXPORT_FORMATS : [undefined];
  return formats.map((format) => ({
    method: config.method.toUpperCase(),
    path: config.path,
    format,
    body: Object.fromEntries(
      Object.entries(BODY).filter(([field]) => Object.hasOwn(takes.body, field)),
    ),
  }));
});
// What changes is asked last.
const METHODS = ["GET", "POST", "PUT", "DELETE"];
const ROUTES = asked.toSorted(
  (one, other) => METHODS.indexOf(one.method) - METHODS.indexOf(other.method),
);

test.each(ROUTES)(
  "$method $path $format tells nobody's address, number or name",
  async ({ method, path, format, body }) => {
    const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      name === "format" ? (format ?? "") : encodeURIComponent(ids[name] ?? ""),
    );
    const ask = () =>
      method === "GET"
        ? stack.get(V3_PREFIX + place + (QUERY[path] ?? ""), OWNER)
        : stack.send(method, V3_PREFIX + place, body, OWNER);
    let answer = await ask();
    // The file before may not have ended for the database when it has for its reader.
    while (answer.status === 429) answer = await ask();
    // What changes something is asked by its fields in packages/api: here a list in two forms is refused.
    expect(method === "GET" ? [200, 403] : [200, 403, 409, 422]).toContain(answer.status);
    const text = `${[...answer.headers].join("\n")}\n${await readable(answer, format)}`;
    const told = marksIn(text, marks).filter((found) => {
      const [column = "", what] = found.split(": ");
      return what !== "name" || SECRET.test(column);
    });
    expect(told).toEqual([]);
    expect(text).not.toContain("anna maier");
  },
);

const EXPORTED: AnyList[] = [LEAD_LIST, CONTACT_LIST, PAGE_LIST, JOB_LIST, BATCH_LIST];

test.each(EXPORTED)(
  "columns of $name that tell of people are refused by name, and left out where none is asked for",
  async ({ name, columns = {} }) => {
    const path = `/api/v3/export/${name}.csv`;
    const personal = Object.keys(columns).filter((column) => columns[column]?.personal === true);
    for (const column of personal) {
      const answer = await stack.get(`${path}?columns=${queryName(column)}`, OWNER);
      expect([answer.status, await answer.json()]).toMatchObject([
        403,
        { code: "NEEDS_contacts:read" },
      ]);
    }
    const whole = await stack.get(path, OWNER);
    if (name === CONTACT_LIST.name) return expect(whole.status).toBe(403);
    const headers = (await whole.text()).split("\r\n")[0]!.replace("\uFEFF", "").split(",");
    const told = Object.values(columns).filter((column) => column.personal !== true);
    expect(headers).toEqual(told.map(({ header }) => header));
  },
);

test("filters that tell of people are refused where contacts may not be read, in lists and files", async () => {
  for (const { name, filters, permission } of EXPORTED) {
    for (const [filter, { personal }] of Object.entries(filters)) {
      if (personal !== true || permission === "contacts:read") continue;
      for (const path of [`/api/v3/${name}`, `/api/v3/export/${name}.csv`]) {
        const answer = await stack.get(`${path}?${queryName(filter)}=anna`, OWNER);
        expect([path, filter, answer.status]).toEqual([path, filter, 403]);
      }
    }
  }
});
