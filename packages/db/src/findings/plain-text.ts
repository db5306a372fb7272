import { mapOpaque } from "../session/sql/named-parameters.ts";

/** A statement is told up to here. */
export const TEXT_LENGTH_MAX = 400;

/** What reads and changes rows. All else is told by its first words: a password may stand in it. */
const ORDINARY = /^(select|with|insert|update|delete|merge|values|table)\b/i;
/** Beside names and parameters. */
const NUMBER = /(?<![\w$."])(?:\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?|0[xob][\da-f_]+)(?![\w"])/gi;

/**
 * A statement as it may be shown: without comments and without any value that was written into it. One that was cut by the
 * server in the middle of a text is cut before it.
 */
export function plainText(sql: string): string {
  const bare = mapOpaque(sql, (piece) =>
    piece.startsWith('"') ? piece : /^(--|\/\*)/.test(piece) ? " " : "?",
  );
  const text = bare.replace(NUMBER, "?").replace(/\s+/g, " ").trim();
  if (!ORDINARY.test(text)) {
    const words = text.split(" ");
    return words.length <= 2 ? text : `${words.slice(0, 2).join(" ")} …`;
  }
  return text.length <= TEXT_LENGTH_MAX ? text : `${text.slice(0, TEXT_LENGTH_MAX)}…`;
}

/** Which of our procedures or steps says in its comment that the statement is its own. */
export const procedureOf = (sql: string): string | null =>
  /^\s*\/\*[^*]*procedure='([\w.%-]{1,100})'/.exec(sql)?.[1] ?? null;
