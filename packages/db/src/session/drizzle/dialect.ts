import {
  Column,
  is,
  isSQLWrapper,
  isView,
  Name,
  Param,
  Placeholder,
  SQL,
  type SQLChunk,
  type SQLWrapper,
  StringChunk,
  Subquery,
  Table,
} from "drizzle-orm";
import { PgDialect, type SelectedFieldsOrdered } from "drizzle-orm/pg-core";
import type { QueryWithTypings } from "drizzle-orm/sql";
import { mappedLater, toDriverValue } from "./column-values.ts";

type Kind =
  | "text"
  | "name"
  | "alias"
  | "sql"
  | "fixed"
  | "param"
  | "subquery"
  | "wrapper"
  | "other";

const kinds = new Map<unknown, Kind>();

/** Drizzle asks every piece of a query a dozen such questions; the answers depend on its class alone. */
function kindOf(chunk: object): Kind {
  const constructor = (Object.getPrototypeOf(chunk) as object | null)?.constructor;
  // Nothing of a query builder, and each may be something else.
  if (constructor === undefined || constructor === Object) return "other";
  const known = kinds.get(constructor);
  if (known !== undefined) return known;
  const kind = findKind(chunk);
  kinds.set(constructor, kind);
  return kind;
}

function findKind(chunk: object): Kind {
  if (is(chunk, StringChunk)) return "text";
  if (is(chunk, Name)) return "name";
  if (is(chunk, SQL)) return "sql";
  // Tables and columns: what is written of one never changes.
  if (is(chunk, Column) || is(chunk, Table)) return "fixed";
  if (is(chunk, Param)) return "param";
  if (is(chunk, Subquery)) return "subquery";
  if (is(chunk, SQL.Aliased)) return "alias";
  // These have names of their own.
  if (isView(chunk) || is(chunk, Placeholder)) return "other";
  return isSQLWrapper(chunk) ? "wrapper" : "other";
}

/** Parts of Drizzle's classes that their types hide. Pinned to 0.45.4 by tests. */
interface Inlining {
  shouldInlineParams: boolean;
}
interface Wrapper extends SQLWrapper {
  shouldOmitSQLParens?(): boolean;
}
/** What a select is made of; each part may be absent. */
interface SelectConfig extends Partial<Record<ListPart | Part, unknown>> {
  table: object;
  fields: Record<string, object>;
  where?: SQL;
  orderBy?: SQLChunk[];
  limit?: number | Placeholder;
  offset?: number | Placeholder;
}
type ListPart = "withList" | "joins" | "groupBy" | "setOperators";
type Part = "fieldsFlat" | "distinct" | "having" | "lockingClause";
interface OpenDialect extends Pick<PgDialect, "escapeName" | "escapeParam" | "escapeString"> {
  casing: never;
  buildSelectQuery(config: SelectConfig): SQL;
  buildFromTable(table: object): SQL | Table;
  sqlToQuery(sql: SQL, invokeSource?: "indexes"): QueryWithTypings;
  buildSelection(fields: SelectedFieldsOrdered, options?: { isSingleTable?: boolean }): SQL;
}
const OpenPgDialect = PgDialect as unknown as new () => OpenDialect;

/**
 * Drizzle's dialect, writing the same SQL and the same parameters with less work. Pieces of a query
 * that are not of the common kinds are left to Drizzle.
 */
export class SlotDialect extends OpenPgDialect {
  readonly #fixed = new WeakMap<object, string>();
  readonly #config = {
    casing: this.casing,
    escapeName: this.escapeName,
    escapeParam: this.escapeParam,
    escapeString: this.escapeString,
  };

  override sqlToQuery(sql: SQL, invokeSource?: "indexes"): QueryWithTypings {
    if (invokeSource !== undefined) return super.sqlToQuery(sql, invokeSource);
    const query = { sql: "", params: [] };
    this.#write(sql, query);
    return query;
  }

  /** Columns of one table are most of what is read; anything more is left to Drizzle. */
  override buildSelectQuery(config: SelectConfig): SQL {
    const columns = isPlain(config) ? columnsOfTable(config) : undefined;
    if (columns === undefined) return super.buildSelectQuery(config);
    const { table, where, orderBy, limit, offset } = config;
    const names = columns.map(({ name }) => this.escapeName(name)).join(", ");
    const chunks: SQLChunk[] = [
      new StringChunk(`select ${names} from `),
      this.buildFromTable(table),
    ];
    if (where) chunks.push(WHERE, where);
    for (const [at, one] of (orderBy ?? []).entries())
      chunks.push(at === 0 ? ORDER_BY : COMMA, one);
    if (typeof limit === "object" || (typeof limit === "number" && limit >= 0)) {
      chunks.push(LIMIT, limit);
    }
    if (offset) chunks.push(OFFSET, offset);
    return new SQL(chunks);
  }

  override buildSelection(
    fields: SelectedFieldsOrdered,
    options: { isSingleTable?: boolean } = {},
  ): SQL {
    const chunks: (StringChunk | SQL)[] = [];
    let text = "";
    for (const [index, { field }] of fields.entries()) {
      if (index > 0) text += ", ";
      if (isColumn(field)) {
        text += options.isSingleTable ? this.escapeName(field.name) : this.#fixedText(field);
      } else if (isExpression(field) && !options.isSingleTable) {
        chunks.push(new StringChunk(text), field);
        text = "";
      } else return super.buildSelection(fields, options);
    }
    return new SQL([...chunks, new StringChunk(text)]);
  }

  #write(chunk: unknown, query: QueryWithTypings): void {
    if (chunk === undefined) return;
    if (Array.isArray(chunk)) return this.#writeList(chunk, query);
    if (typeof chunk === "function") return this.#leave(chunk, query);
    if (typeof chunk !== "object" || chunk === null) return this.#bind(chunk, query);
    switch (kindOf(chunk)) {
      case "text":
        query.sql += (chunk as StringChunk).value.join("");
        break;
      case "name":
        query.sql += this.escapeName((chunk as Name).value);
        break;
      case "sql":
        if ((chunk as unknown as Inlining).shouldInlineParams) return this.#leave(chunk, query);
        for (const inner of (chunk as SQL).queryChunks) this.#write(inner, query);
        break;
      case "alias":
        query.sql += this.escapeName((chunk as SQL.Aliased).fieldAlias);
        break;
      case "fixed":
        query.sql += this.#fixedText(chunk as Column | Table);
        break;
      case "param":
        this.#writeParam(chunk as Param, query);
        break;
      case "subquery":
        this.#writeSubquery(chunk as Subquery, query);
        break;
      case "wrapper":
        this.#writeWrapper(chunk as unknown as Wrapper, query);
        break;
      case "other":
        this.#leave(chunk, query);
        break;
    }
  }

  #writeSubquery({ _: { isWith, sql, alias } }: Subquery, query: QueryWithTypings): void {
    if (!isWith) {
      query.sql += "(";
      this.#write(sql, query);
      query.sql += ") ";
    }
    query.sql += this.escapeName(alias);
  }

  #writeWrapper(wrapper: Wrapper, query: QueryWithTypings): void {
    const bare = wrapper.shouldOmitSQLParens?.() === true;
    if (!bare) query.sql += "(";
    this.#write(wrapper.getSQL(), query);
    if (!bare) query.sql += ")";
  }

  #writeList(chunks: readonly unknown[], query: QueryWithTypings): void {
    query.sql += "(";
    for (const [index, chunk] of chunks.entries()) {
      if (index > 0) query.sql += ", ";
      this.#write(chunk, query);
    }
    query.sql += ")";
  }

  #writeParam(param: Param, query: QueryWithTypings): void {
    const { value, encoder } = param;
    if (is(value, Placeholder)) return this.#bind(mappedLater(param), query);
    const mapped = value === null ? null : toDriverValue(encoder, value);
    if (is(mapped, SQL)) this.#write(mapped, query);
    else this.#bind(mapped, query);
  }

  #bind(value: unknown, query: QueryWithTypings): void {
    query.sql += this.escapeParam(query.params.length);
    query.params.push(value);
  }

  #fixedText(chunk: Column | Table): string {
    const known = this.#fixed.get(chunk);
    if (known !== undefined) return known;
    const query = { sql: "", params: [] };
    this.#leave(chunk, query);
    this.#fixed.set(chunk, query.sql);
    return query.sql;
  }

  #leave(chunk: unknown, query: QueryWithTypings): void {
    const { sql, params } = new SQL([chunk as SQL]).toQuery({
      ...this.#config,
      paramStartIndex: { value: query.params.length },
    });
    query.sql += sql;
    for (const param of params) query.params.push(is(param, Param) ? mappedLater(param) : param);
  }
}

const WHERE = new StringChunk(" where ");
const ORDER_BY = new StringChunk(" order by ");
const COMMA = new StringChunk(", ");
const LIMIT = new StringChunk(" limit ");
const OFFSET = new StringChunk(" offset ");

const LIST_PARTS: readonly ListPart[] = ["withList", "joins", "groupBy", "setOperators"];
const PARTS: readonly Part[] = ["fieldsFlat", "distinct", "having", "lockingClause"];

const isPlain = (config: SelectConfig): boolean =>
  PARTS.every((part) => !config[part]) &&
  LIST_PARTS.every((part) => !(config[part] as unknown[] | undefined)?.length);

/** What is selected, if it is columns of the one table alone. */
function columnsOfTable({ fields, table }: SelectConfig): Column[] | undefined {
  if (kindOf(table) !== "fixed") return undefined;
  const columns: Column[] = [];
  for (const field of Object.values(fields)) {
    if (!isColumn(field) || field.table !== table) return undefined;
    columns.push(field);
  }
  return columns;
}

const isColumn = (field: object): field is Column => kindOf(field) === "fixed";
const isExpression = (field: object): field is SQL => kindOf(field) === "sql";
