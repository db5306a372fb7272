import { Answer } from "./answer.ts";
import { CLOSED } from "./driver.ts";
import { DatabaseError } from "./errors.ts";
import type { Line } from "./line.ts";
import { COPY_FAIL, COPY_FAIL_SYNC, encodeScript, encodeStatement } from "./messages.ts";
import type { StatementResult } from "./results.ts";
import { lastResult, type StatementOptions } from "./statement.ts";
import { joinBefore } from "./wire.ts";

/** Gets what came of a statement: its result, or else its error, and what it did to transactions. */
export type Settle = (
  result: StatementResult | undefined,
  error: unknown,
  ends?: Pick<Answer, "boundaries" | "committed">,
) => void;

interface Statement extends Pick<StatementOptions, "single" | "arrays" | "before"> {
  text: string;
  /** Goes before the text and changes with every caller. */
  comment: string;
  encoded: readonly (string | null)[];
}

/** Sends one statement, or a script, in one write and reads its answer. `settle` is called later, once. */
export function exchange(line: Line, statement: Statement, settle: Settle): void {
  const { text, comment, encoded, before } = statement;
  const isScript = encoded.length === 0 && statement.single !== true;
  const bytes = isScript ? encodeScript(comment + text) : encodeStatement(comment + text, encoded);
  const answer = new Answer({
    text,
    arrays: statement.arrays === true,
    aside: line.aside,
    refuseCopy: () => line.write(isScript ? COPY_FAIL : COPY_FAIL_SYNC),
  });
  line.send(before ? Buffer.concat([joinBefore(before), bytes]) : bytes, answer, (whole) => {
    if (!whole) return settle(undefined, CLOSED, answer);
    const error = answer.copies ? copies() : answer.error;
    if (error) return settle(undefined, error, answer);
    settle(before ? lastResult(answer.result) : answer.result, undefined, answer);
  });
}

const copies = () => new DatabaseError("misuse", "COPY is done with copyIn and copyOut");
