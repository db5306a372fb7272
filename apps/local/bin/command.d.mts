export interface Command {
  /** What a person types. */
  typed: string;
  does: string;
  /** Each flag with what it does. */
  flags: Record<string, string>;
}

export const COMMANDS: Record<"start" | "demo" | "dev" | "test" | "check", Command>;

export function readFlags(name: keyof typeof COMMANDS, words: string[]): Record<string, boolean>;
