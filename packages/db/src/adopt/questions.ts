import { executeRawSqlOne } from "../session/scope/raw-sql.ts";
import type { Tx } from "../session/types.ts";
import type { AdoptionStep, PlannedStep, Question } from "./adoption.ts";
import { type Guard, stateOf } from "./script.ts";

// Asks the database which rows a plan is about: how many, and three of them.

const EXAMPLES = 3;

interface Answer extends Guard {
  count: number;
  examples: string[];
}

async function ask(tx: Tx, { says, see }: Question): Promise<Answer> {
  const row = await executeRawSqlOne<{ count: number; state: string; examples: string[] | null }>(
    tx,
    `with asked as materialized (${see})
     select state, split_part(state, ' ', 1)::int as count,
       (select json_agg(example) from (select example from asked limit ${EXAMPLES}) few) as examples
     from (${stateOf("select * from asked")}) states`,
  );
  if (!row) throw new Error("a count gave no row: it always does");
  return { says: says(row.count), see, ...row, examples: row.examples ?? [] };
}

/** A step with its answers: what is left to do of it, and how it is shown. */
export interface AskedStep {
  step: PlannedStep;
  shown: AdoptionStep;
  guards: Guard[];
  /** Rows it takes away, by table. */
  merged: [table: string, rows: number][];
}

/** One after the other, as one connection answers. A step that concerns no row keeps its shape only. */
export async function askSteps(tx: Tx, steps: PlannedStep[]): Promise<AskedStep[]> {
  const asked: AskedStep[] = [];
  for (const planned of steps) {
    const answers: Answer[] = [];
    for (const question of planned.asks) answers.push(await ask(tx, question));
    const found = answers.filter(({ count }) => count > 0);
    const acts = answers.some(({ count }, index) => count > 0 && !planned.asks[index]?.tells);
    const idle = planned.asks.length > 0 && !acts && !planned.always;
    const step = idle ? { ...planned, maps: [], rows: [], backRows: [], merged: {} } : planned;
    const aside = planned.aside.map(({ table, see }): [string, number] => [
      table,
      answers.find((answer) => answer.see === see)?.count ?? 0,
    ]);
    const merged = [...Object.entries(step.merged), ...aside];
    const guards = answers.map(({ says, see, state }) => ({ says, see, state }));
    asked.push({ step, shown: show(step, found), guards, merged });
  }
  return asked.filter(({ step, shown }) => shown.decisions.length > 0 || changesAnything(step));
}

const changesAnything = ({ rows, shape }: PlannedStep) => rows.length > 0 || shape.length > 0;

function show(step: PlannedStep, found: Answer[]): AdoptionStep {
  return {
    name: step.name,
    title: step.title,
    decisions: found.map(({ says, count, examples, see }) => ({
      says,
      otherwise: step.asks.find((one) => one.see === see)?.otherwise,
      count,
      examples,
      see,
    })),
    locks: [...new Set(step.touches)].toSorted(),
    rewrites: [...new Set(step.rewrites)].toSorted(),
    changes: step.changes,
    statements: [...step.maps, ...step.rows, ...step.shape],
  };
}
