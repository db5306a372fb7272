import { emptyStep, type PlannedStep } from "./adoption.ts";
import type { Dependents } from "./dependents.ts";
import { type Facts, type Reference, tablesOf } from "./facts.ts";
import { keep, kept, keyText, rowText, restoreColumns } from "./saved.ts";

// Every batch gets a uuid, and whoever names it by its old text names it by that uuid.

const BATCHES = "public.batch_jobs";
/** The columns in which the first system wrote what a batch is called; the first is the one that counts. */
const NAMES = ["batch_id", "batch_id_string", "batch_id_original"];
const REFERRERS = ["public.jobs", "public.domains"];

const UUID = String.raw`[0-9a-f]{4}(-?[0-9a-f]{4}){7}`;
const isUuid = (text: string) => String.raw`${text} ~* '^\s*(${UUID}|\{${UUID}\})\s*$'`;
const asUuid = (text: string) =>
  `case when ${isUuid(text)} then btrim(${text}, E' \\t\\r\\n')::uuid end`;
/** Texts that differ in case, blanks or the spelling of a uuid are taken for one, where nothing else fits. */
const alike = (text: string) =>
  `coalesce((${asUuid(text)})::text, lower(btrim(${text}, E' \\t\\r\\n')))`;

/**
 * Undefined when every batch has a uuid already, and everybody names it by that.
 * @param going leftover columns that go: what they say is kept here
 */
export function planBatches(
  facts: Facts,
  dependents: Dependents,
  going: ReadonlySet<string>,
): PlannedStep | undefined {
  const { find, column } = tablesOf(facts);
  const batches = find(BATCHES);
  const id = column(BATCHES, "batch_id");
  if (!batches || !id || !column(BATCHES, "tenant_id")) return undefined;
  const isUnique = facts.keys.some(
    (key) => key.table === BATCHES && key.columns.join() === "batch_id",
  );
  const referrers = REFERRERS.filter((table) => column(table, "batch_id"));
  const texts = referrers.filter((table) => column(table, "batch_id")?.type !== "uuid");
  const says = [...going].some((name) => name.includes("batch_id_"));
  if (id.type === "uuid" && !id.nullable && isUnique && texts.length === 0 && !says)
    return undefined;
  if (batches.key.join() !== "id") return undefined;

  const step = emptyStep("batches", "Give every batch a uuid; its old text still finds it");
  step.always = true;
  const names = NAMES.filter((name) => column(BATCHES, name));
  const foreign = facts.references.filter(
    ({ target, targetColumns, table }) =>
      target === BATCHES && targetColumns.includes("batch_id") && !referrers.includes(table),
  );
  step.touches.push(BATCHES, ...referrers, ...foreign.map(({ table }) => table));

  const ranked = rankedBatches();
  const named = namedBatches(names);
  const own = facts.references.filter(
    ({ target, table }) => target === BATCHES && referrers.includes(table),
  );
  step.asks.push(
    {
      says: (count) =>
        `${count} batches have no uuid of their own: each gets one, and is still found by its old text`,
      otherwise: "write a uuid of your own into batch_jobs.batch_id",
      see: `with ${ranked} select b.id, b.tenant_id, b.was, b.id_uuid, format('batch %s: %s', b.id, coalesce(quote_literal(b.was), 'no id')) as example from ranked b where b.uuid is null or b.place > 1`,
    },
    {
      says: (count) =>
        `${count} batches are called what an older one of their tenant is called: what names them goes to the older one, both stay`,
      otherwise: "rename one of each pair",
      see: `select * from (select id, tenant_id, batch_id::text as was, row_number() over (partition by tenant_id, batch_id::text order by id) as place, format('batch %s: %L again', id, batch_id::text) as example from ${BATCHES} where batch_id is not null) b where place > 1`,
    },
  );
  step.maps.push(
    `create temporary table adopt_batches on commit drop as with ${ranked}, own as (select id, uuid from ranked where place = 1 and uuid is not null)` +
      ` select r.id, r.tenant_id, r.was, coalesce(own.uuid, case when taken.uuid is null and row_number() over (partition by r.id_uuid order by own.uuid is not null, r.id) = 1 then r.id_uuid end, gen_random_uuid()) as uuid` +
      ` from ranked r left join own on own.id = r.id left join own taken on taken.uuid = r.id_uuid;`,
    `create temporary table adopt_names on commit drop as with ${named} select n.*, b.uuid from named n join adopt_batches b on b.id = n.id;`,
    "create index on adopt_batches (id); create index on adopt_names (tenant_id, name); analyze adopt_batches; analyze adopt_names;",
  );
  for (const { table, name, definition } of [...own, ...foreign]) {
    step.rows.push(`alter table ${table} drop constraint ${name};`);
    step.backShape.push(`alter table ${table} drop constraint ${name};`);
    step.backEnd.push(`alter table ${table} add constraint ${name} ${definition};`);
  }

  const idType = id.type;
  step.rows.push(
    keep({
      step: step.name,
      table: BATCHES,
      kind: "changed",
      key: keyText(batches, "t"),
      became: keyText(batches, "t"),
      was: rowText(names, "t"),
      from: `${BATCHES} t join adopt_batches b on b.id = t.id where b.was is distinct from b.uuid::text${names
        .slice(1)
        .map((name) => ` or t.${name} is not null`)
        .join("")}`,
    }),
    `update ${BATCHES} t set batch_id = b.uuid${idType === "uuid" ? "" : "::text"} from adopt_batches b where b.id = t.id and b.was is distinct from b.uuid::text;`,
  );
  for (const table of referrers) planReferrer(step, table, facts, named, dependents);
  for (const reference of foreign) planForeign(step, reference, facts, dependents);

  if (idType !== "uuid") dependents.retype(step, BATCHES, id, "uuid");
  if (id.nullable) {
    step.shape.push(`alter table ${BATCHES} alter column batch_id set not null;`);
    step.backShape.push(`alter table ${BATCHES} alter column batch_id drop not null;`);
  }
  const backRows = [
    restoreColumns(
      step.name,
      batches,
      batches.columns.filter(({ column: one }) => names.includes(one)),
    ),
    ...referrers.flatMap((table) => backOf(step.name, table, facts)),
    ...foreign.map(({ table, columns: [at = ""] }) =>
      sayAgain(table, at, column(table, at)?.type ?? "text"),
    ),
  ];
  // Which uuid each batch had is known only before it gets its text back.
  step.backRows.push(
    `create temporary table adopt_back on commit drop as select id, batch_id::text as uuid from ${BATCHES};`,
    ...backRows,
  );
  for (const { table, name, definition } of [...own, ...foreign]) {
    step.shape.push(`alter table ${table} add constraint ${name} ${definition};`);
  }
  return step;
}

/** Batches with the uuid their own id is, if any; of several with one uuid the first has it. */
const rankedBatches = () => `ranked as (
  select id, tenant_id, id_uuid, was, uuid,
    row_number() over (partition by uuid order by was is distinct from uuid::text, id) as place
  from (select id, tenant_id, id_uuid, batch_id::text as was, ${asUuid("batch_id::text")} as uuid from ${BATCHES}) b)`;

/** Every name of a batch in its tenant, once. */
const namedBatches = (names: string[]) => `named as (
  select distinct on (tenant_id, name) tenant_id, name, ${alike("name")} as alike, id
  from (${names
    .map(
      (name, rank) =>
        `select tenant_id, ${name}::text as name, id, ${rank} as rank from ${BATCHES} where btrim(${name}::text) <> ''`,
    )
    .join(" union all ")}) every_name
  order by tenant_id, name, rank, id)`;

/** Rows that name a batch, with the batch that is meant; \`named\` has to be there. */
function meantBatches(table: string, facts: Facts): string {
  const { column, get } = tablesOf(facts);
  const [key = "id"] = get(table).key;
  const second = column(table, "batch_id_string");
  const text = second
    ? "case when btrim(t.batch_id::text) <> '' then t.batch_id::text else coalesce(nullif(t.batch_id_string, ''), t.batch_id::text) end"
    : "t.batch_id::text";
  const tenants = ["tenant_id_uuid", "tenant_id"].flatMap((name) => {
    const type = column(table, name)?.type;
    return type === undefined ? [] : [type === "uuid" ? `t.${name}` : asUuid(`t.${name}::text`)];
  });
  const tenant = `coalesce(${[...tenants, "null::uuid"].join(", ")})`;
  return `named_alike as (select tenant_id, alike, min(id) as id from named group by 1, 2 having count(distinct id) = 1 or ${isUuid("alike")}),
  named_anywhere as (select name, min(id) as id from named group by 1 having count(distinct id) = 1),
  meant as (
    select r.key, r.tenant, r.text, coalesce(exact.id, near.id, anywhere.id) as batch
    from (select t.${key} as key, ${tenant} as tenant, ${text} as text from ${table} t) r
    left join named exact on exact.tenant_id = r.tenant and exact.name = r.text
    left join named_alike near on near.tenant_id = r.tenant and near.alike = ${alike("r.text")}
    left join named_anywhere anywhere on r.tenant is null and anywhere.name = r.text
    where r.text is not null)`;
}

function planReferrer(
  step: PlannedStep,
  table: string,
  facts: Facts,
  named: string,
  dependents: Dependents,
): void {
  const { column, get } = tablesOf(facts);
  const live = get(table);
  const [key = "id"] = live.key;
  const id = column(table, "batch_id");
  if (!id) return;
  const short = table.replace("public.", "");
  const meant = meantBatches(table, facts);
  step.asks.push({
    says: (count) =>
      `${count} rows of ${short} name a batch that is not there, or of another tenant: their batch becomes empty, the text is kept`,
    otherwise: `give them an id that batch_jobs has`,
    see: `with ${named}, ${meant} select m.key, m.tenant, m.text, format('%s %s: %L', ${"'" + short + "'"}, m.key, m.text) as example from meant m where m.batch is null and btrim(m.text) <> ''`,
  });
  step.asks.push({
    says: (count) =>
      `${count} rows of ${short} name their batch in other letters, blanks or spelling: they are taken to mean it`,
    otherwise: `write the batch's own id into ${short}.batch_id`,
    see: `with ${named}, ${meant} select m.key, m.tenant, m.text, m.batch, format('%s %s: %L is batch %s', ${"'" + short + "'"}, m.key, m.text, m.batch) as example from meant m where m.batch is not null and not exists (select from named n where n.id = m.batch and n.name = m.text)`,
  });
  const map = `adopt_in_${short}`;
  step.maps.push(
    `create temporary table ${map} on commit drop as with named as (select * from adopt_names), ${meant} select m.key, b.uuid, coalesce(b.was, b.uuid::text) as again from meant m left join adopt_batches b on b.id = m.batch;`,
    `create index on ${map} (key); analyze ${map};`,
  );
  const extra = column(table, "batch_id_string") ? ["batch_id_string"] : [];
  const columns = ["batch_id", ...extra];
  step.rows.push(
    keep({
      step: step.name,
      table,
      kind: "changed",
      key: keyText(live, "t"),
      became: keyText(live, "t"),
      was: rowText(columns, "t"),
      from: `${table} t join ${map} m on m.key = t.${key} where t.batch_id::text is distinct from m.again${extra.map((one) => ` or t.${one} is not null`).join("")}`,
    }),
    `update ${table} t set batch_id = m.uuid${id.type === "uuid" ? "" : "::text"} from ${map} m where m.key = t.${key} and t.batch_id::text is distinct from m.uuid::text;`,
  );
  if (id.type !== "uuid") dependents.retype(step, table, id, "uuid");
}

function backOf(step: string, table: string, facts: Facts): string[] {
  const { column, get } = tablesOf(facts);
  const live = get(table);
  const id = column(table, "batch_id");
  if (!id) return [];
  const columns = live.columns.filter(({ column: one }) =>
    ["batch_id", "batch_id_string"].includes(one),
  );
  return [sayAgain(table, "batch_id", id.type), restoreColumns(step, live, columns)];
}

/** In the way back: whoever named a batch by its own text does so again. */
const sayAgain = (table: string, column: string, type: string): string =>
  `update ${table} t set ${column} = (a.was->>'batch_id')::${type} from ${kept("batches", BATCHES, "changed").replace(" a where ", " a join adopt_back s on s.id::text = a.row_key where ")} and a.was->>'batch_id' is not null and t.${column}::text = s.uuid;`;

/** A table that is not ours and refers to batches: its column becomes what it refers to. */
function planForeign(
  step: PlannedStep,
  { table, columns }: Reference,
  facts: Facts,
  dependents: Dependents,
): void {
  const [at = ""] = columns;
  const column = tablesOf(facts).column(table, at);
  if (!column) return;
  step.rows.push(
    `update ${table} t set ${at} = b.uuid${column.type === "uuid" ? "" : "::text"} from adopt_batches b where t.${at}::text = b.was and b.was is distinct from b.uuid::text;`,
  );
  if (column.type !== "uuid") dependents.retype(step, table, column, "uuid");
  step.changes.push(`${table}.${at}, which is not ours, follows the batches it refers to`);
}
