// What a test needs to hold defined statements and declared expressions against a database.
export { type DeclaredColumn, declaredColumn, declaredRow } from "./declared-row.ts";
export { DefinedStatement, definedStatements } from "./define-statement.ts";
export { type DeclaredField, declaredFields } from "./expression.ts";
