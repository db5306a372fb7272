/**
 * Brings an expression of ours and the one Postgres prints to one form: without casts, parentheses,
 * table and schema names, `= any (array[...])` as `in`, in lower case outside of quotes, which stand
 * only where they mean something. How `and` and `or` are grouped is lost with the parentheses.
 */
export function normalise(expression: string): string {
  return expression
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 1 ? part : normaliseCode(part)))
    .join("")
    .replace(/'(-?\d+(?:\.\d+)?)'/g, "$1")
    .replace(/nextval\s+'(?:[^'.]*\.)?"?([^'".]+)"?'/g, "nextval '$1'")
    .replace(/\s+/g, " ")
    .trim();
}

// Where the search path holds a schema, Postgres leaves its name out.
const SCHEMAS_OF_THE_PATH = /\b(?:public|app|extensions|pg_catalog)\.(?=["\w])/g;

function normaliseCode(code: string): string {
  return (
    code
      .replace(SCHEMAS_OF_THE_PATH, "")
      .replace(
        /::(?:"[^"]+"|character varying|double precision|time(?:stamp)? with(?:out)? time zone|\w+)(?:\(\d+(?:,\d+)?\))?(?:\[\])?/g,
        "",
      )
      .replace(/"\w+"\.(?=")/g, "")
      .replace(/"([a-z_][a-z0-9_]*)"/g, "$1")
      .replace(/"[^"]*"|[^"]+/g, (part) => (part.startsWith('"') ? part : part.toLowerCase()))
      .replace(/\bcurrent_timestamp\b/g, "now()")
      // Both give a random UUID of version 4.
      .replace(/\buuid_generate_v4\(\)/g, "gen_random_uuid()")
      .replace(/= any \(array\[/g, "in ")
      .replace(/[()\]]/g, " ")
      .replace(/ +,/g, ",")
  );
}

/** A type's name without quotes and without the schema that a search path may hide. */
export const normaliseType = (type: string): string =>
  type.replaceAll('"', "").replace(/^(?:public|extensions)\./, "");
