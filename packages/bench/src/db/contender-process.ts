/** Program: one contender, connected twice: `node contender-process.ts WHO URL DELAYED_URL`. */
import { contenderNamed } from "./contenders.ts";
import { load } from "./load.ts";
import { serve } from "./programs.ts";

/** `rows` asks for the rows of a site, to compare; otherwise a load is measured. */
export type Question =
  | { rows: number }
  | { delayed: boolean; callers: number; ms: number; settleMs: number };

const [who, url = "", delayedUrl = ""] = process.argv.slice(2);
const { open, rowCount } = contenderNamed(who);
const client = open(url, 10);
const delayed = open(delayedUrl, 10);

serve({}, async (message) => {
  const question = message as Question;
  if ("rows" in question) return client.rows(question.rows);
  const { rows } = question.delayed ? delayed : client;
  await load(rows, question.callers, question.settleMs, rowCount);
  return load(rows, question.callers, question.ms, rowCount);
});
