import {
  type Database,
  DatabaseError,
  executeRawSql,
  executeRawSqlOne,
  type OwnSession,
} from "@scrapersky/db";
import { isNode, nodesOf, readTree, type Tree, type TreeNode } from "./node-tree.ts";
import { columnMayBeNull, type Names, outputOf } from "./nullability.ts";

/** A column of an answer, as the database tells it before the statement has ever run. */
export interface DescribedColumn {
  name: string;
  type: string;
  mayBeNull: boolean;
  /** `schema.table.column` when it is one. */
  origin: string | undefined;
}

/** Tells what statements give, on a connection of its own. */
export interface Describer extends AsyncDisposable {
  /**
   * @param text with `$1` parameters
   * @throws DatabaseError when the database refuses it
   */
  describe(text: string): Promise<DescribedColumn[]>;
  /** How the server writes a type. */
  typeName(type: string): Promise<string>;
}

interface Catalogue extends Names {
  /** `<table's oid> <column's number>` → `schema.table.column`. */
  columns: ReadonlyMap<string, string>;
}

/** Opens one; the database must be reached directly. Release it. */
export async function openDescriber(database: Database): Promise<Describer> {
  const session = await database.session();
  const catalogue = await readCatalogue(session);
  const typeNames = new Map<string, string>();
  return {
    describe: (text) => describe(session, catalogue, text),
    async typeName(type) {
      const known = typeNames.get(type);
      if (known !== undefined) return known;
      const row = await executeRawSqlOne<{ name: string }>(
        session,
        "select :type::regtype::text as name",
        { type },
      );
      typeNames.set(type, row!.name);
      return row!.name;
    },
    [Symbol.asyncDispose]: () => session.release(),
  };
}

/**
 * The server infers the types of a prepared statement; the tree of the same statement in the body of a
 * function says where columns come from and what may empty them.
 */
async function describe(
  session: OwnSession,
  catalogue: Catalogue,
  text: string,
): Promise<DescribedColumn[]> {
  await executeRawSql(session, `prepare described as ${text}`);
  const types = await executeRawSqlOne<{ parameters: string[]; results: string[] | null }>(
    session,
    `select parameter_types::text[] as parameters, result_types::text[] as results
     from pg_prepared_statements where name = 'described'`,
  );
  await executeRawSql(session, "deallocate described");
  const { parameters, results } = types!;
  await executeRawSql(
    session,
    `create function pg_temp.described(${parameters.join(", ")}) returns void language sql
     begin atomic ${text}
     ; end`,
  );
  const body = await executeRawSqlOne<{ tree: string }>(
    session,
    "select prosqlbody::text as tree from pg_proc where proname = 'described'",
  );
  await executeRawSql(session, "drop function pg_temp.described");
  const query = findQuery(readTree(body!.tree));
  if (query === undefined) throw new DatabaseError("other", "the function's body has no query");
  return outputOf(query).map(({ fields }, index) => ({
    name: String(fields["resname"]),
    type: results?.[index] ?? "unknown",
    mayBeNull: columnMayBeNull(query, index, catalogue),
    origin: catalogue.columns.get(
      `${String(fields["resorigtbl"])} ${String(fields["resorigcol"])}`,
    ),
  }));
}

/** The body is a list of lists of queries; ours has one. */
function findQuery(tree: Tree): TreeNode | undefined {
  if (isNode(tree)) return tree;
  return Array.isArray(tree) ? (nodesOf(tree)[0] ?? tree.map(findQuery).find(Boolean)) : undefined;
}

async function readCatalogue(session: OwnSession): Promise<Catalogue> {
  const columns = await executeRawSql<{ place: string; name: string; required: boolean }>(
    session,
    `select format('%s %s', a.attrelid, a.attnum) as place, a.attnotnull as required,
       format('%s.%s.%s', n.nspname, c.relname, a.attname) as name
     from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped`,
  );
  const named = async (catalogue: string, name: string) => {
    const rows = await executeRawSql<{ oid: number; name: string }>(
      session,
      `select oid, ${name} as name from ${catalogue}`,
    );
    return new Map(rows.map((row) => [String(row.oid), row.name]));
  };
  return {
    columns: new Map(columns.map(({ place, name }) => [place, name])),
    notNull: new Set(columns.filter(({ required }) => required).map(({ place }) => place)),
    functions: await named(
      "pg_proc",
      // JSON's null becomes NULL when it is cast.
      `case when oid in (select castfunc from pg_cast where castsource = 'jsonb'::regtype) then 'jsonb cast' else proname end`,
    ),
    operators: await named("pg_operator", "oprname"),
  };
}
