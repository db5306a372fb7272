import { getTableConfig, type PgColumn } from "drizzle-orm/pg-core";
import { typeOf } from "../drift/declared.ts";
import type { DefinedStatement } from "./define-statement.ts";
import { type Expected, expectedOf } from "./row.ts";

/** What is declared of one column of an answer. */
export interface DeclaredColumn {
  name: string;
  /** In SQL's words. */
  type: string;
  nullable: boolean;
  /** Said to be never NULL although the server cannot tell. */
  claimed: boolean;
  /** `schema.table.column` when it is declared as a column of the schema. */
  origin: string | undefined;
}

export const declaredRow = ({ shape }: DefinedStatement): DeclaredColumn[] =>
  Object.entries(shape).map(([name, value]) => declaredColumn(name, expectedOf(value)));

export function declaredColumn(
  name: string,
  { of, nullable, claimed }: Expected<unknown>,
): DeclaredColumn {
  const isType = typeof of === "string";
  return {
    name,
    type: isType ? of : typeOf(of),
    nullable,
    claimed,
    origin: isType ? undefined : originOf(of),
  };
}

function originOf(column: PgColumn): string {
  const { schema = "public", name } = getTableConfig(column.table);
  return `${schema}.${name}.${column.name}`;
}
