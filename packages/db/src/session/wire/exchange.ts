import { DatabaseError } from "../errors/database-error.ts";
import type { StatementResult } from "../sql/results.ts";
import { Answer } from "./answer.ts";
import { CLOSED } from "./driver.ts";
import type { Line } from "./line.ts";
import {
  COPY_FAIL,
  COPY_FAIL_SYNC,
  encodeScript,
  encodeStatement,
  joinBefore,
} from "./messages.ts";
import { lastResult, type StatementOptions, tooLarge } from "./statement.ts";

/** As an answer is told that does not fit what was asked. */
export const MISFIT = new Error("the answer does not fit what was asked");

/** Gets what came of a statement: its result, or else its error, and what it did to transactions. */
export type Settle = (
  result: StatementResult | undefined,
  error: unknown,
  ends?: Pick<Answer, "boundaries" | "committed">,
) => void;

interface Statement extends Pick<StatementOptions, "single" | "rows" | "before" | "bytesMax"> {
  text: string;
  /** Goes before the text and changes with every caller. */
  comment: string;
  encoded: readonly (string | null)[];
}

/** Sends one statement, or a script, in one write and reads its answer. `settle` is called later, once. */
export function exchange(line: Line, statement: Statement, settle: Settle): void {
  const { text, comment, encoded, before, bytesMax } = statement;
  const isScript = encoded.length === 0 && statement.single !== true;
  const bytes = isScript ? encodeScript(comment + text) : encodeStatement(comment + text, encoded);
  const answer = new Answer({
    text,
    rows: statement.rows ?? "objects",
    bytesMax,
    statements: isScript ? undefined : 1 + (before?.length ?? 0),
    aside: line.aside,
    refuseCopy: () => line.write(isScript ? COPY_FAIL : COPY_FAIL_SYNC),
  });
  line.send(before ? Buffer.concat([joinBefore(before), bytes]) : bytes, answer, (whole) => {
    if (!whole) {
      const why = answer.isTooLarge && bytesMax !== undefined ? tooLarge(bytesMax) : CLOSED;
      return settle(undefined, why, answer);
    }
    if (answer.misfits) return settle(undefined, MISFIT, answer);
    const error = answer.copies ? copies() : withoutComment(answer.error, comment);
    if (error) return settle(undefined, error, answer);
    settle(before ? lastResult(answer.result) : answer.result, undefined, answer);
  });
}

/** Places in the text are counted from where the caller's begins. A comment is plain ASCII. */
function withoutComment(error: Answer["error"], { length }: string): Answer["error"] {
  if (error?.position !== undefined) error.position = String(Number(error.position) - length);
  return error;
}

const copies = () => new DatabaseError("misuse", "COPY is done with copyIn and copyOut");
