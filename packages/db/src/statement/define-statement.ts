import { type NamedStatement, parseNamedParameters } from "../session/sql/named-parameters.ts";
import type { ParameterNames } from "./parameter-names.ts";
import type { DeclaredRow, RowShape } from "./row.ts";

/** A statement of the sources: its text with `:name` parameters, and the row that it gives. */
export class DefinedStatement<Row extends object = object, Names extends string = string> {
  declare readonly types: { row: Row; names: Names };
  readonly text: string;
  readonly shape: RowShape;
  /** Its stack names the file and line of the definition. */
  readonly place: Error;
  #named: NamedStatement | undefined;

  constructor(text: string, shape: RowShape) {
    this.text = text;
    this.shape = shape;
    this.place = new Error("defined here");
  }

  /** Taken apart when it first runs. */
  get named(): NamedStatement {
    return (this.#named ??= parseNamedParameters(this.text));
  }
}

/** The rows that a statement gives. */
export type RowFrom<S extends DefinedStatement> = S["types"]["row"];

const defined: DefinedStatement[] = [];

/**
 * A raw statement, for `executeRawSql`: the one way to write SQL as text in a service. Made once, when its
 * file is loaded, of constants of the sources only.
 * @param shape SQL's name of each column that comes back, with the schema's column that it is, or the type of
 * an expression; without one the statement gives no rows. A test sends every defined statement to the migrated
 * database and compares, so a wrong name, type or NULL is found there.
 */
export function defineStatement<const Text extends string, const Shape extends RowShape = {}>(
  text: Text,
  shape?: Shape,
): DefinedStatement<DeclaredRow<Shape>, ParameterNames<Text>> {
  const statement = new DefinedStatement<DeclaredRow<Shape>, ParameterNames<Text>>(
    text,
    shape ?? {},
  );
  defined.push(statement);
  return statement;
}

/** Every statement of the files that are loaded. */
export const definedStatements = (): readonly DefinedStatement[] => defined;
