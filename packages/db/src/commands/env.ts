import { fileURLToPath } from "node:url";
import type { Mode } from "../session/mode.ts";

/** What the commands need of the environment. */
export interface Env {
  url: string;
  /** The same database without a transaction pooler; the same as `url` when there is none. */
  migrationUrl: string;
  /** What `url` leads to. */
  mode: Mode;
  /** Handed to a child process as it is. */
  inherited: NodeJS.ProcessEnv;
}

/** A setting without which nothing can be tried. The message says what to set. */
export class MissingSetting extends Error {
  override readonly name = "MissingSetting";
}

const dotEnv = fileURLToPath(new URL("../../../../.env", import.meta.url));
const MODES: readonly string[] = ["auto", "transaction", "session", "direct"] satisfies Mode[];
const SHAPE = "postgresql://user:password@host:port/database";

/**
 * Reads the environment, completed by the file .env of the repository.
 * @throws MissingSetting that names the variable
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  if (source === process.env) loadDotEnv();
  const url = source["DATABASE_URL"]?.trim();
  const migrationUrl = source["DATABASE_MIGRATION_URL"]?.trim();
  if (!url) {
    const state = url === undefined ? "is not set" : "is empty";
    throw new MissingSetting(
      `DATABASE_URL ${state}: set it to ${SHAPE}, in the shell or in the file .env.`,
    );
  }
  if (migrationUrl === "") {
    throw new MissingSetting(`DATABASE_MIGRATION_URL is empty: unset it, or set it to ${SHAPE}.`);
  }
  const mode = source["DATABASE_MODE"]?.trim() ?? "auto";
  if (!MODES.includes(mode)) {
    throw new MissingSetting(`DATABASE_MODE is "${mode}": set it to one of ${MODES.join(", ")}.`);
  }
  return { url, migrationUrl: migrationUrl ?? url, mode: mode as Mode, inherited: source };
}

function loadDotEnv(): void {
  try {
    process.loadEnvFile(dotEnv);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
