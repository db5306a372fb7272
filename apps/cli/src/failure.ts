import { describeServerWords, findDatabaseError } from "@scrapersky/db";
import { DriftError } from "@scrapersky/db/drift";
import { EXIT, type Outcome } from "./command.ts";

const UNREACHABLE = new Set(["connect_failed", "unavailable", "authentication", "acquire_timeout"]);

/** An error that a command threw, as its outcome. */
export function describeFailure(error: unknown): Outcome {
  const found = findDatabaseError(error);
  // What a pool adds to a failure, the time of its next try, is of no use to a process that ends.
  const fault = findDatabaseError(found?.cause) ?? error;
  const said = fault instanceof Error ? fault.message : String(fault);
  const words = describeServerWords(error);
  const isTold = words === undefined || said.includes(words);
  const message = isTold ? said : `${said}: ${words}`;
  const kind = found?.kind;
  // What is wrong with a command says so by itself; what is wrong with the way needs a setting.
  const isWay = found?.reason !== undefined || UNREACHABLE.has(kind ?? "");
  const advice = isWay || kind === "permission" ? found?.advice : undefined;
  const report = error instanceof DriftError ? { drift: error.report } : {};
  return {
    exitCode: codeOf(kind),
    text: advice === undefined ? message : `${message}\n→ ${advice}`,
    json: { error: message, kind, advice, ...report },
  };
}

function codeOf(kind: string | undefined): number {
  if (kind === "configuration") return EXIT.usage;
  return kind !== undefined && UNREACHABLE.has(kind) ? EXIT.unreachable : EXIT.problem;
}
