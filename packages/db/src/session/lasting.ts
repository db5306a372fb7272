import { DatabaseError } from "./errors.ts";
import { withoutOpaque } from "./named-parameters.ts";

/** Words of what stays on a connection after its transaction, wherever they stand. */
const WORDS =
  /\b(?:set|reset|listen|unlisten|load|discard|prepare|temp|temporary|set_config)\b|advisory_lock/i;
/** The same at the beginning of a statement. */
const COMMANDS =
  /(?:^|;)\s*(?:set\s+(?!local\b|transaction\b|constraints\b)|(?:reset|listen|unlisten|load|discard)\s|prepare\s+(?!transaction\b)|create\s+(?:global\s+|local\s+)?temp(?:orary)?\s(?![^;]*\bon\s+commit\s+drop\b))/i;
/** The same as functions. `pg_advisory_xact_lock` ends with its transaction. */
const FUNCTIONS =
  /\bpg_(?:try_)?advisory_lock(?:_shared)?\s*\(|\bset_config\s*\([^()]*,\s*false\s*\)/i;

/**
 * Settings, session locks, LISTEN and temporary tables would reach whoever gets the connection next,
 * behind a transaction pooler another program.
 */
export function refuseLasting(text: string): DatabaseError | undefined {
  if (!WORDS.test(text)) return undefined;
  const sql = withoutOpaque(text);
  if (!COMMANDS.test(sql) && !FUNCTIONS.test(sql)) return undefined;
  return new DatabaseError(
    "unsupported",
    "this would stay on a connection that others share: in a transaction use SET LOCAL, " +
      "pg_advisory_xact_lock or ON COMMIT DROP, else a connection of its own from session()",
  );
}
