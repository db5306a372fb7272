import { performance } from "node:perf_hooks";
import fc from "fast-check";
import { type Call, CALLS } from "./calls.ts";
import { inputsOf } from "./inputs.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { knownValues } from "./known-values.ts";
import type { Stage } from "./open-stage.ts";

export interface FuzzOptions {
  seed: number;
  /** For each call. */
  inputs: number;
  calls?: readonly Call[];
  /** Milliseconds that an input may keep the event loop from everybody else; left out: not looked at. */
  blockedMsMax?: number;
  /** Told when a call has had its inputs. */
  onCall?: (name: string, asked: number) => void;
}

export interface Fault {
  call: string;
  what: string;
  /** What was sent, cut. */
  sent: string;
  logged: string;
}

export interface Fuzzed {
  asked: number;
  /** Answers by status. */
  statuses: Record<number, number>;
  faults: Fault[];
}

const SENT_LENGTH_MAX = 2_000;
/** Of one kind and call: what comes a thousand times is one fault. */
const SAME_MAX = 2;

/** Sends generated inputs to everything that can be asked, and tells what no answer may be. */
export async function fuzz(stage: Stage, options: FuzzOptions): Promise<Fuzzed> {
  const { seed, inputs, calls = CALLS, blockedMsMax = Infinity, onCall } = options;
  const known = knownValues(stage);
  const found: Fuzzed = { asked: 0, statuses: {}, faults: [] };
  for (const call of calls) {
    const isStaff = call.isStaff ?? (await isRefusedForStaff(stage, call));
    // What takes nothing answers the same whatever is sent.
    const numRuns = call.input.allOf?.length === 0 ? 1 : inputs;
    const seedOfCall = seed + hashOf(call.name);
    for (const input of fc.sample(inputsOf(call.input, known), { seed: seedOfCall, numRuns })) {
      const { path, init } = call.request(input);
      const sent = `${init.method ?? "GET"} ${path} ${String(init.body ?? "")} ${JSON.stringify(init.headers ?? {})}`;
      const send = () =>
        (call.isStream ? stage.watch : stage.ask)(isStaff ? "staff" : "owner", path, init);
      const before = performance.eventLoopUtilization();
      const answer = await send();
      const { active } = performance.eventLoopUtilization(before);
      found.asked++;
      found.statuses[answer.status] = (found.statuses[answer.status] ?? 0) + 1;
      if (answer.status < 300) known.learn(answer.text);
      const faults = judgeAnswer(answer, sent, { foreign: stage.foreign, isStaff });
      if (active > blockedMsMax && (await longestBlock(send)) > blockedMsMax) {
        faults.push(`keeps the event loop for more than ${blockedMsMax} ms`);
      }
      for (const what of faults) {
        const same = found.faults.filter((one) => one.call === call.name && one.what === what);
        if (same.length < SAME_MAX) {
          found.faults.push({
            call: call.name,
            what,
            sent: sent.slice(0, SENT_LENGTH_MAX),
            logged: answer.logged ?? "",
          });
        }
      }
    }
    onCall?.(call.name, numRuns);
  }
  return found;
}

/** Rights are asked for before inputs are read. */
async function isRefusedForStaff(stage: Stage, { isStream, request }: Call): Promise<boolean> {
  if (isStream) return false;
  const { path, init } = request({});
  return (await stage.ask("owner", path, init)).text.includes("NEEDS_platform:");
}

const TRIES = 3;

/** Milliseconds; the least of several tries, for others take processor time away. */
async function longestBlock(send: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let each = 0; each < TRIES; each++) {
    let [longest, last, isOver] = [0, performance.now(), false];
    const turn = () => {
      const now = performance.now();
      [longest, last] = [Math.max(longest, now - last), now];
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    await send();
    isOver = true;
    turn();
    least = Math.min(least, longest);
  }
  return least;
}

function hashOf(name: string): number {
  let hash = 0;
  for (const letter of name) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return hash >>> 1;
}
