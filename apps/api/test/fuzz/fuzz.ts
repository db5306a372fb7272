import { performance } from "node:perf_hooks";
import { CALLS_PER_REQUEST_MAX } from "@scrapersky/api/contract";
import fc from "fast-check";
import { type Call, CALLS } from "./calls.ts";
import { inputsOf } from "./inputs.ts";
import { type Answer, judgeAnswer } from "./judge-answer.ts";
import { knownValues } from "./known-values.ts";
import type { Stage } from "./open-stage.ts";

export interface FuzzOptions {
  seed: number;
  /** For each call. */
  inputs: number;
  /**
   * So many of them are sent each in a request and a transaction of its own; left out: all. Of the others those that a schema
   * refuses and those that only read are sent several at a time.
   */
  alone?: number;
  /** So many of those others that may change something are sent, each alone; left out: all. */
  changes?: number;
  calls?: readonly Call[];
  /** Milliseconds that an input may keep the event loop from everybody else; left out: not looked at. */
  blockedMsMax?: number;
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
  const { seed, inputs, alone = inputs, changes = inputs, calls = CALLS } = options;
  const { blockedMsMax = Infinity } = options;
  const known = knownValues(stage);
  const found: Fuzzed = { asked: 0, statuses: {}, faults: [] };
  for (const call of calls) {
    const as = await whoAsks(stage, call);
    const isStaff = as === "staff";
    const judge = (answer: Answer, sent: string): string[] => {
      found.asked++;
      found.statuses[answer.status] = (found.statuses[answer.status] ?? 0) + 1;
      if (answer.status < 300) known.learn(answer.text);
      return judgeAnswer(answer, sent, { foreign: stage.foreign, isStaff });
    };
    const note = (whats: string[], sent: string, logged = "") => {
      for (const what of whats) {
        const same = found.faults.filter((one) => one.call === call.name && one.what === what);
        if (same.length >= SAME_MAX) continue;
        found.faults.push({ call: call.name, what, sent: sent.slice(0, SENT_LENGTH_MAX), logged });
      }
    };
    const sendAlone = async (input: unknown) => {
      const { path, init } = call.request(input);
      const sent = `${init.method ?? "GET"} ${path} ${String(init.body ?? "")} ${JSON.stringify(init.headers ?? {})}`;
      const send = () => (call.isStream ? stage.watch : stage.ask)(as, path, init);
      const before = performance.eventLoopUtilization();
      const answer = await send();
      const { active } = performance.eventLoopUtilization(before);
      const faults = judge(answer, sent);
      if (active > blockedMsMax && (await longestBlock(send)) > blockedMsMax) {
        faults.push(`keeps the event loop for more than ${blockedMsMax} ms`);
      }
      note(faults, sent, answer.logged);
    };
    const sendTogether = async (several: readonly unknown[], way: Stage["ask"]) => {
      const { path, init } = call.together!(several);
      const before = performance.eventLoopUtilization();
      const { logged, ...answer } = await way(as, path, init);
      const { active } = performance.eventLoopUtilization(before);
      for (const [at, one] of answersOf(answer).entries()) {
        const sent = JSON.stringify(several[at]);
        note(judge(one, sent), sent, logged);
      }
      // Which of them it was is found alone.
      if (active > blockedMsMax) for (const input of several) await sendAlone(input);
    };
    /** At the same time, each in a request of its own: for what changes nothing. */
    const sendBeside = async (several: readonly unknown[]) => {
      const before = performance.eventLoopUtilization();
      const answers = await Promise.all(
        several.map((input) => {
          const { path, init } = call.request(input);
          return stage.watch(as, path, init);
        }),
      );
      const { active } = performance.eventLoopUtilization(before);
      for (const [at, answer] of answers.entries()) {
        const sent = JSON.stringify(several[at]);
        note(judge(answer, sent), sent, answer.logged);
      }
      if (active > blockedMsMax) for (const input of several) await sendAlone(input);
    };
    // What takes nothing answers the same whatever is sent.
    const numRuns = call.input.allOf?.length === 0 ? 1 : inputs;
    const seedOfCall = seed + hashOf(call.name);
    const all = fc.sample(inputsOf(call.input, known), { seed: seedOfCall, numRuns });
    const [first, rest] = [all.slice(0, alone), all.slice(alone)];
    for (const input of first) await sendAlone(input);
    const { true: refused = [], false: taken = [] } = Object.groupBy(rest, (input) =>
      call.refuses(input) ? "true" : "false",
    );
    const { together, isRead } = call;
    if (together) {
      for (const several of groupsOf(refused)) await sendTogether(several, stage.ask);
      for (const several of groupsOf(isRead ? taken : [])) {
        await sendTogether(several, stage.watch);
      }
    } else if (isRead) {
      for (const several of groupsOf([...refused, ...taken])) await sendBeside(several);
    } else {
      for (const input of refused) await sendAlone(input);
    }
    if (!isRead) for (const input of taken.slice(0, changes)) await sendAlone(input);
  }
  return found;
}

/** As many as one request may hold, by number and by size. */
function groupsOf(inputs: readonly unknown[]): unknown[][] {
  const groups: unknown[][] = [];
  let bytes = Infinity;
  for (const input of inputs) {
    const size = JSON.stringify(input).length;
    const last = groups.at(-1);
    if (last === undefined || last.length === CALLS_PER_REQUEST_MAX || bytes + size > GROUP_MAX) {
      groups.push([input]);
      bytes = size;
    } else {
      last.push(input);
      bytes += size;
    }
  }
  return groups;
}

/** Characters, so that no group is refused for its size where each of its inputs would not be. */
const GROUP_MAX = 1_000_000;

/** What is said to each of several inputs. */
function answersOf(answer: Answer): Answer[] {
  const parts: unknown = JSON.parse(answer.text);
  if (!Array.isArray(parts)) return [answer];
  return (parts as { error?: { data: { httpStatus: number } } }[]).map((part) => ({
    status: part.error?.data.httpStatus ?? 200,
    text: JSON.stringify(part),
  }));
}

/** Who may ask: rights are asked for before inputs are read. */
export async function whoAsks(
  stage: Stage,
  { isStaff, isStream, request }: Call,
): Promise<"owner" | "staff"> {
  if (isStaff !== undefined) return isStaff ? "staff" : "owner";
  if (isStream) return "owner";
  const { path, init } = request({});
  const { text } = await stage.ask("owner", path, init);
  return text.includes("NEEDS_platform:") ? "staff" : "owner";
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
