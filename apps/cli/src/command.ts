import type { Env } from "./env.ts";

/** 0: well. The rest says which kind of not well, so that a script can tell. */
export const EXIT = {
  /** Something was found or failed that a person must look at. */
  problem: 1,
  /** The command or a setting is wrong: nothing was tried. */
  usage: 2,
  /** The database cannot be reached. */
  unreachable: 3,
} as const;

export interface Context {
  env: Env;
  flags: {
    failOn: string;
    resetAccess: boolean;
    /** A file to write. */
    out: string | undefined;
    /** A file to read. */
    from: string | undefined;
    /** The name of the database, for what cannot be undone. */
    confirm: string | undefined;
    adopt: { apply: boolean; plan: string | undefined };
  };
  /** What a person types in answer; undefined when nobody is there. */
  ask: (question: string) => Promise<string | undefined>;
  /** A line of progress, for people: never part of the result. */
  progress: (line: string) => void;
}

export interface Outcome {
  exitCode: number;
  /** For people. */
  text: string;
  /** For programs: what `--json` prints, beside the command's name. */
  json: object;
}

export type Command = (context: Context) => Promise<Outcome>;
