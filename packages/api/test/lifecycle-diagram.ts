import { BATCH, BATCH_ENDINGS } from "../src/batch/batch.state.ts";
import { BULK } from "../src/bulk/bulk.state.ts";
import { ATTEMPT } from "../src/job/attempt.state.ts";
import { REMOVAL } from "../src/batch/batch-removal.state.ts";
import { WINDOW } from "../src/batch/batch-window.state.ts";
import { EXPORT } from "../src/export/export.state.ts";
import { JOB } from "../src/job/job.state.ts";
import { TENANT_REMOVAL } from "../src/tenant/tenant-removal.state.ts";
import { SCHEDULE } from "../src/schedule/schedule.state.ts";
import { WORKER } from "../src/worker/worker.state.ts";
import { DELIVERY } from "../src/webhook/delivery.state.ts";
import { WEBHOOK } from "../src/webhook/webhook.state.ts";

/** What a diagram needs of a machine. */
interface Drawable {
  ended: readonly string[];
  begins: Readonly<Record<string, string>>;
  moves: Readonly<
    Record<string, { from: readonly string[]; to: string | readonly string[] | null }>
  >;
  reopens?: Readonly<Record<string, { from: readonly string[]; to: string }>>;
  stays?: Readonly<Record<string, { from: readonly string[] }>>;
}

/** `giveBack` is "give back". */
const words = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const endings = BATCH_ENDINGS.map(
  ({ to, none }) => [to, none.length === 0 ? "some of each" : `none ${none.join(" or ")}`] as const,
);

/** A machine as Mermaid draws it; of a move that leads to several states `why` tells them apart. */
function draw(
  { ended, begins, moves, reopens = {}, stays = {} }: Drawable,
  why: ReadonlyMap<string, string>,
): string {
  const lines = Object.entries(begins).map(([how, state]) => `[*] --> ${state}: ${words(how)}`);
  for (const [name, { from, to }] of Object.entries({ ...moves, ...reopens })) {
    for (const state of from) {
      if (to === null) lines.push(`${state} --> [*]: ${words(name)}`);
      else if (typeof to === "string") lines.push(`${state} --> ${to}: ${words(name)}`);
      else lines.push(...to.map((one) => `${state} --> ${one}: ${words(name)}, ${why.get(one)}`));
    }
  }
  for (const [name, { from }] of Object.entries(stays)) {
    lines.push(...from.map((state) => `${state} --> ${state}: ${words(name)}`));
  }
  lines.push(...ended.map((state) => `${state} --> [*]`));
  return ["```mermaid", "stateDiagram-v2", ...lines.map((line) => `    ${line}`), "```"].join("\n");
}

const DIAGRAMS: Record<string, string> = {
  job: draw(JOB, new Map()),
  attempt: draw(ATTEMPT, new Map()),
  batch: draw(BATCH, new Map(endings)),
  removal: draw(REMOVAL, new Map()),
  "tenant removal": draw(TENANT_REMOVAL, new Map()),
  window: draw(WINDOW, new Map()),
  export: draw(EXPORT, new Map()),
  bulk: draw(BULK, new Map()),
  schedule: draw(SCHEDULE, new Map()),
  worker: draw(WORKER, new Map()),
  webhook: draw(WEBHOOK, new Map()),
  delivery: draw(DELIVERY, new Map()),
};

/** The document with its diagrams as they should be; everything between their markers is replaced. */
export function withDiagrams(document: string): string {
  return Object.entries(DIAGRAMS).reduce((text, [name, diagram]) => {
    const [begin, end] = [`<!-- machine: ${name} -->`, `<!-- end: ${name} -->`];
    const [before, rest = ""] = text.split(begin);
    const [, after] = rest.split(end);
    if (after === undefined) throw new Error(`docs/lifecycle.md has no ${begin} … ${end}`);
    return `${before}${begin}\n${diagram}\n${end}${after}`;
  }, document);
}
