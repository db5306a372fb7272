import { isServerError } from "../errors/classify.ts";
import { withoutOpaque } from "./named-parameters.ts";

/** COMMIT, or END, ends a transaction that its caller began with a statement. */
const ENDS = /\b(commit|end)\b/i;
const BLOCK = /(?:^|;)\s*do\b/i;
const CALL = /(?:^|;)\s*call\b/i;
/** What a block needs to commit: the word itself, in whatever language, or a procedure that does. */
const COMMITS_INSIDE = /commit|call|execute/i;

/** True when this text may end the transaction it runs in. */
export const mayEndTransaction = (text: string): boolean => ENDS.test(text);

/**
 * True when this text, sent by itself, may have committed something before it failed: it was a
 * procedure, whose body nobody sees here, or a block that commits. The server tells where in a body an
 * error happened, so one without a place came before it.
 */
export function failedInside(text: string, error: unknown): boolean {
  if (!isServerError(error) || error.where === undefined) return false;
  const sql = withoutOpaque(text);
  return CALL.test(sql) || (BLOCK.test(sql) && COMMITS_INSIDE.test(text));
}
