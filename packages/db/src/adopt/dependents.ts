import { type Executor, executeRawSql } from "../session/scope/raw-sql.ts";
import type { PlannedStep } from "./adoption.ts";
import { type Dependent, dependentsSql, immovableSql } from "./dependents-sql.ts";
import type { LiveColumn } from "./facts.ts";
import { literal } from "./saved.ts";

// A column cannot change its type while a view, policy or trigger stands on it: those are taken down
// before, and put up again after it as they were, or reading the column as the text that it was.

export interface Dependents {
  /** Changes a column's type in a step. What stands on the column is seen to by `around`. */
  retype(step: PlannedStep, table: string, column: LiveColumn, type: string): void;
  /** What has to be taken down before all columns change, and put up after it: forward, and back. */
  around(executor: Executor): Promise<Around>;
}

export interface Around {
  down: string[];
  up: string[];
  backDown: string[];
  backUp: string[];
  /** What cannot be taken down and put up again, in words. */
  obstacles: string[];
}

export function collectDependents(): Dependents {
  const columns: { table: string; column: string }[] = [];
  return {
    retype(step, table, column, type) {
      columns.push({ table, column: column.column });
      const at = column.column;
      const drop = column.default === null ? "" : `alter column ${at} drop default, `;
      step.shape.push(
        `alter table ${table} ${drop}alter column ${at} type ${type} using ${at}::${type};`,
      );
      step.backShape.push(
        `alter table ${table} alter column ${at} type ${column.type} using ${at}::text${
          column.default === null ? "" : `, alter column ${at} set default ${column.default}`
        };`,
      );
      step.rewrites.push(table);
      step.changes.push(`${table}.${at} becomes ${type} (was ${column.type})`);
    },
    async around(executor) {
      const found = await executeRawSql<Dependent & Record<string, unknown>>(
        executor,
        dependentsSql,
        {
          tables: columns.map(({ table }) => table),
          columns: columns.map(({ column }) => column),
        },
      );
      const immovable = await executeRawSql<{ column: string; what: string }>(
        executor,
        immovableSql,
        {
          tables: columns.map(({ table }) => table),
          columns: columns.map(({ column }) => column),
        },
      );
      const names = new Set(columns.map(({ column }) => column));
      const up = found.flatMap((one) => [putUp(one, names), ...one.after]);
      return {
        down: found.map(({ drop }) => drop).toReversed(),
        up,
        backDown: found.map(({ drop }) => drop).toReversed(),
        backUp: found.flatMap(({ create, after }) => [`${create};`, ...after]),
        obstacles: immovable.map(
          ({ column, what }) =>
            `${what} stands on ${column}, which changes its type: drop it, and make it again after`,
        ),
      };
    },
  };
}

/** As it was, else with the columns read as text, else an error that names it. */
function putUp({ what, create, kind }: Dependent, columns: Set<string>): string {
  const asText = readAsText(kind, create, columns);
  const refuse = `raise exception using message = ${literal(`${what} does not fit the new type of its column: change or drop it, and adopt again. The server says: `)} || sqlerrm`;
  return (
    `do $adopt$ begin execute ${literal(create)}; exception when others then ` +
    `begin execute ${literal(asText)}; exception when others then ${refuse}; end; end $adopt$;`
  );
}

/** The same definition with some columns read as text; what stands in quotes stays. */
function readAsText(kind: Dependent["kind"], create: string, columns: Set<string>): string {
  // Before these words stand names, and no expression.
  const start = kind === "trigger" ? create.search(/\sWHEN\s*\(/) : headOf(kind, create);
  if (start < 0) return create;
  const body = create.slice(start).split(/('(?:[^']|'')*')/);
  return (
    create.slice(0, start) + body.map((part, index) => (index % 2 ? part : cast(part))).join("")
  );

  function cast(code: string): string {
    return code.replace(
      /(\bAS\s+)?((?:(?:\w+|"[^"]+")\.)*)(\b\w+\b|"[^"]+")(?!\s*[.(])/g,
      (whole, as: string | undefined, path: string, column: string) =>
        as === undefined && columns.has(column) ? `((${path}${column})::text)` : whole,
    );
  }
}

function headOf(kind: Dependent["kind"], create: string): number {
  if (kind === "view" || kind === "materialized view") return create.search(/\sas\s/);
  if (kind === "policy") return create.search(/\s(?:using|with check)\s\(/);
  if (kind === "index") return create.search(/\sUSING\s/);
  return kind === "check" ? create.search(/\sCHECK\s/) : -1;
}
