import { DatabaseError } from "../errors/database-error.ts";

interface Demand {
  setting: string;
  wanted: string;
  suits(value: string): boolean;
  otherwise: string;
}

const DEMANDS: readonly Demand[] = [
  {
    setting: "DateStyle",
    wanted: "'ISO, MDY'",
    suits: (value) => /^iso\b/i.test(value),
    otherwise: "day and month could be read the wrong way round",
  },
  {
    setting: "standard_conforming_strings",
    wanted: "on",
    suits: (value) => value === "on",
    otherwise: "the end of a quoted text could be taken for something else",
  },
];

/**
 * Why a connection cannot be used with the settings that the server told at login, if there is a
 * reason. Setting them here would not last: a transaction pooler lends the next statement another
 * server. What only changes how a value looks is left alone: intervals, and the offset of a
 * timestamp with time zone, are text that says what it means; bytes are read in both forms.
 * @param told by name; a setting that was not told is taken to be as it is by default
 */
export function findUnsuitable(told: ReadonlyMap<string, string>): DatabaseError | undefined {
  for (const { setting, wanted, suits, otherwise } of DEMANDS) {
    const value = told.get(setting);
    if (value === undefined || suits(value)) continue;
    return new DatabaseError(
      "configuration",
      `the server's ${setting} is ${value}, so ${otherwise}: ` +
        `set it on the database role with ALTER ROLE … SET ${setting} = ${wanted}`,
    );
  }
  return undefined;
}
