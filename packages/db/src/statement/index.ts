// What a test needs to hold defined statements against a database.
export { type DeclaredColumn, declaredRow } from "./declared-row.ts";
export { DefinedStatement, definedStatements } from "./define-statement.ts";
