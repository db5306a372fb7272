import { BATCH } from "../src/batch/batch.state.ts";
import { REMOVAL } from "../src/batch/batch-removal.state.ts";
import { WINDOW } from "../src/batch/batch-window.state.ts";
import { BULK } from "../src/bulk/bulk.state.ts";
import { ATTEMPT } from "../src/job/attempt.state.ts";
import { EXPORT } from "../src/export/export.state.ts";
import { JOB } from "../src/job/job.state.ts";
import { SCHEDULE } from "../src/schedule/schedule.state.ts";
import { WORKER } from "../src/worker/worker.state.ts";
import { DELIVERY } from "../src/webhook/delivery.state.ts";
import { WEBHOOK } from "../src/webhook/webhook.state.ts";

const STATES: ReadonlySet<string> = new Set([
  ...JOB.states,
  ...ATTEMPT.states,
  ...BATCH.states,
  ...EXPORT.states,
  ...REMOVAL.states,
  ...WINDOW.states,
  ...BULK.states,
  ...SCHEDULE.states,
  ...WORKER.states,
  ...DELIVERY.states,
  ...WEBHOOK.states,
]);

/**
 * States that a source writes by hand into an SQL text: our sources quote with double quotes, so a word in
 * single quotes is SQL.
 */
export const findStateWords = (source: string): string[] =>
  [...source.matchAll(/'([a-z]+)'/g)]
    .map(([, word = ""]) => word)
    .filter((word) => STATES.has(word));
