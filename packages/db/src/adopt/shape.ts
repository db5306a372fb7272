import type { ConstraintRow, IndexRow } from "../drift/catalogue.ts";
import { describeRealTables } from "../drift/declared.ts";
import type { Difference } from "../drift/difference.ts";
import { quoted, tableKey } from "../drift/naming.ts";
import { addConstraint } from "../drift/statements.ts";
import { emptyStep, type PlannedStep } from "./adoption.ts";
import { type Facts, tablesOf } from "./facts.ts";
import { dropAny, isLeftover, makeAgain } from "./leftovers.ts";

// What drift finds beside rows: constraints, indexes, defaults, labels, missing tables. Each of its
// statements is taken where it can be undone, and the rest is told.

export interface Shape {
  step: PlannedStep;
  /** What the schema has and the database has not. */
  missing: ConstraintRow[];
  obstacles: string[];
  remains: string[];
}

const declared = describeRealTables();

/** A difference's subject: `unique roles.uq_role_name` → its kind, table and name. */
interface Subject {
  kind: string;
  table: string;
  name: string;
}

const KINDS =
  /^(primary key|unique|foreign key|check|exclusion|index|column|table|enum|view|trigger|rule) (.*)$/;

function subjectOf({ what }: Difference): Subject {
  const [, kind = "", rest = ""] = KINDS.exec(what) ?? [];
  const parts = rest.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [];
  if (kind === "enum" || kind === "table" || kind === "view")
    return { kind, table: rest, name: "" };
  const name = parts.pop() ?? "";
  return { kind, table: parts.length > 1 ? parts.join(".") : `public.${parts.join("")}`, name };
}

/** @param handled what other steps see to: `public.jobs.batch_id` */
export function planShape(
  differences: Difference[],
  facts: Facts,
  handled: ReadonlySet<string>,
): Shape {
  const shape: Shape = {
    step: emptyStep("shape", "Bring constraints, indexes and defaults to the schema"),
    missing: [],
    obstacles: [],
    remains: [],
  };
  const parts: { rank: number; sql: string; back: string }[] = [];
  const put: At["put"] = (kind, sql, back = "") =>
    parts.push({ rank: ORDER.indexOf(kind), sql, back });
  for (const difference of differences) {
    const subject = subjectOf(difference);
    const plan = PLANS[subject.kind] ?? leave;
    plan({ difference, subject, facts, handled, shape, put });
  }
  const ordered = parts.toSorted((one, two) => one.rank - two.rank);
  shape.step.shape = ordered.map(({ sql }) => sql);
  shape.step.backShape = ordered
    .map(({ back }) => back)
    .filter((sql) => sql !== "")
    .toReversed();
  return shape;
}

/** In what order things change: each may need what stands before it. */
const ORDER = ["type", "table", "column", "surplus", "key", "reference", "index"] as const;

interface At {
  difference: Difference;
  subject: Subject;
  facts: Facts;
  handled: ReadonlySet<string>;
  shape: Shape;
  /** A statement, and the one that undoes it where that is not left to the end. */
  put(kind: (typeof ORDER)[number], sql: string, back?: string): void;
}

type Plan = (at: At) => void;

const leave: Plan = ({ difference, shape }) => {
  const list = difference.severity === "breaking" ? shape.obstacles : shape.remains;
  list.push(difference.sentence);
};

const ofKey = (kind: ConstraintRow["kind"] | "index", { table, name }: Subject) =>
  kind === "index"
    ? declared.indexes.find((row) => tableKey(row) === table && quoted(row.name) === name)
    : declared.constraints.find((row) => tableKey(row) === table && quoted(row.name) === name);

const liveOf = (facts: Facts, { table, name }: Subject) =>
  facts.definitions.find((one) => one.table === table && one.name === name);

/** A statement of drift, for a transaction in which nobody else is. */
const inTransaction = (mend: string) => mend.replaceAll(" concurrently ", " ");

const planConstraint: Plan = (at) => {
  const { difference, subject, facts, shape, put } = at;
  const { step } = shape;
  const { table, kind, name } = subject;
  const wanted = ofKey(kind as ConstraintRow["kind"], subject) as ConstraintRow | undefined;
  if (difference.kind === "missing" && wanted) {
    shape.missing.push(wanted);
    put(rankOf(wanted), addConstraint(wanted), dropAny({ table, name, kind: "constraint" }));
    note(step, table, `${kind} ${name} is added`);
    return;
  }
  const live = liveOf(facts, subject);
  if (difference.kind === "unexpected" && live) return planSurplus(at, live);
  const rename = /rename constraint (\S+) to (\S+);/.exec(difference.mend);
  if (rename) {
    const back = `alter table ${table} rename constraint ${rename[2]} to ${rename[1]};`;
    put("key", difference.mend, back);
    note(step, table, `${rename[1]} is called ${rename[2]}`);
    return;
  }
  const standsIn = /unique using index (\S+);$/.exec(difference.mend);
  const index = standsIn && liveOf(facts, { ...subject, name: standsIn[1] ?? "" });
  if (index) {
    put("key", difference.mend, dropAny({ table, name, kind: "constraint" }));
    step.backEnd.push(makeAgain(index));
    note(step, table, `${name} takes the place of the index ${index.name}`);
    return;
  }
  if (!live || !wanted) return leave(at);
  shape.missing.push(wanted);
  put("surplus", dropAny(live));
  put(rankOf(wanted), addConstraint(wanted), dropAny(live));
  step.backEnd.push(makeAgain(live));
  note(step, table, `${kind} ${name} is made anew`);
};

const rankOf = ({ kind }: ConstraintRow) =>
  kind === "unique" || kind === "primary key" ? "key" : "reference";

/** Surplus keys: those that repeat another one go, and those that forbid what the product does. */
function planSurplus(at: At, live: Facts["definitions"][number]): void {
  const { difference, subject, facts, shape, put } = at;
  const held = facts.references.find(
    ({ target, by }) => target === subject.table && by === subject.name,
  );
  const goes =
    (difference.severity === "harmless" && repeats(at, live)) ||
    // Two tenants may scrape one site.
    (subject.table === "public.domains" &&
      live.columns.join() === "domain" &&
      difference.severity !== "harmless");
  if (live.columns.some((column) => isLeftover(subject.table, column))) return;
  if (!goes || held) {
    const why = held ? ` It stays, because ${held.table} is held by it.` : "";
    shape.remains.push(`${difference.sentence}.${why}`.replace("..", "."));
    return;
  }
  put("surplus", dropAny(live));
  shape.step.backEnd.push(makeAgain(live));
  note(shape.step, subject.table, `${subject.name} goes`);
}

/** An index of somebody's own reports is no surplus: only what another one does too is. */
function repeats({ subject, facts }: At, live: Facts["definitions"][number]): boolean {
  if (live.kind === "constraint") return true;
  if (/\bWHERE\b|\bINCLUDE\b/.test(live.definition) || !live.definition.includes(" USING btree ")) {
    return false;
  }
  const columns = live.columns.join();
  const own = [
    ...declared.indexes.filter((row) => tableKey(row) === subject.table).map(columnsOf),
    ...facts.keys.filter((key) => key.table === subject.table).map((key) => key.columns.join()),
    ...declared.constraints
      .filter(({ kind }) => kind === "unique" || kind === "primary key")
      .filter((row) => tableKey(row) === subject.table)
      .map((row) => row.columns.split(" ").join()),
  ];
  return live.columns.length > 0 && own.includes(columns);
}

const columnsOf = (row: IndexRow) =>
  (/^btree \(([^()]*)\)$/.exec(row.definition)?.[1] ?? "").replaceAll(", ", ",");

const planIndex: Plan = (at) => {
  const { difference, subject, facts, shape, put } = at;
  const { table, name } = subject;
  const live = liveOf(facts, subject);
  if (difference.kind === "unexpected" && live) return planSurplus(at, live);
  const rename = /^alter index (\S+) rename to (\S+);$/.exec(difference.mend);
  if (rename) {
    const old = (rename[1] ?? "").split(".").at(-1);
    put("index", difference.mend, `alter index public.${rename[2]} rename to ${old};`);
    return note(shape.step, table, `index ${old} is called ${rename[2]}`);
  }
  put("index", inTransaction(difference.mend), dropAny({ table, name, kind: "index" }));
  if (live) shape.step.backEnd.push(makeAgain(live));
  note(shape.step, table, `index ${name} is built`);
};

const planColumn: Plan = (at) => {
  const { difference, subject, facts, handled, shape, put } = at;
  const { table, name } = subject;
  if (handled.has(`${table}.${name}`)) return;
  const live = tablesOf(facts).column(table, name);
  const { mend, kind } = difference;
  const again = (sql: string) => `alter table ${table} alter column ${name} ${sql};`;
  if (kind === "missing") {
    if (/ not null(?! default)/.test(mend) && !mend.includes(" default ")) return leave(at);
    put("column", mend, `alter table ${table} drop column ${name};`);
    return note(shape.step, table, `column ${name} is added`);
  }
  if (!live || mend.startsWith("--") || / type /.test(mend)) return leave(at);
  if (mend.endsWith(" drop not null;")) {
    put("column", mend);
    shape.step.backEnd.push(again("set not null"));
  } else if (/ (?:set|drop) default/.test(mend) && !mend.includes("identity")) {
    put(
      "column",
      mend,
      again(live.default === null ? "drop default" : `set default ${live.default}`),
    );
  } else return leave(at);
  note(shape.step, table, mend.replace(/^alter table \S+ alter column /, "").replace(/;.*$/s, ""));
};

const planEnum: Plan = (at) => {
  const { difference, shape, put } = at;
  const { mend } = difference;
  if (mend.startsWith("--")) return leave(at);
  const rename = /^alter type (.*) rename value ('.*') to ('.*');$/.exec(mend);
  const created = /^create type (.*) as enum/.exec(mend);
  const back = rename
    ? `alter type ${rename[1]} rename value ${rename[3]} to ${rename[2]};`
    : created
      ? `drop type ${created[1]};`
      : `-- a label cannot be taken from a type: ${mend}`;
  put("type", mend, back);
  shape.step.changes.push(mend.replace(/;$/, ""));
};

const planTable: Plan = (at) => {
  const { difference, subject, shape, put } = at;
  if (difference.found !== undefined) return leave(at);
  put("table", inTransaction(difference.mend), `drop table ${subject.table};`);
  shape.step.changes.push(`table ${subject.table} is made`);
};

const PLANS: Record<string, Plan> = {
  "primary key": planConstraint,
  unique: planConstraint,
  "foreign key": planConstraint,
  check: planConstraint,
  index: planIndex,
  column: planColumn,
  enum: planEnum,
  table: planTable,
};

function note(step: PlannedStep, table: string, change: string): void {
  step.touches.push(table);
  step.changes.push(`${table}: ${change}`);
}
