// Settings are judged before anything is started: a wrong one must not cost a database and a seed.
import { runToEnd } from "./child.ts";
import { type Env, isRelease } from "./env.ts";
import type { Service } from "./services.ts";
import type { Mode } from "./stack.ts";

// The rules are the service's own, in a process of its own: nothing of it is imported here.
const JUDGE = `import("./${isRelease ? "dist/env.js" : "src/env.ts"}").then(({ readEnv }) => readEnv()).catch((error) => {
  console.error(error.message);
  process.exit(1);
});`;

/** @throws Error that names a setting which this command would have to ignore */
export function refuseWithoutEffect(env: Env, mode: Mode): void {
  if (env.apiUrl !== undefined) {
    throw new Error(
      "API_URL is for a dashboard that is started by itself. Here the API is started too, and the " +
        "dashboard told where it is: unset API_URL, or set API_PORT and API_HOST.",
    );
  }
  if (env.databaseEcho && mode !== "dev") {
    throw new Error("DATABASE_ECHO is for npm run dev: run that, or unset it.");
  }
}

/** @throws Error with what the service itself says of its settings */
export async function checkSettings(service: Service, signal: AbortSignal): Promise<void> {
  const args = ["--input-type=module", "--eval", JUDGE];
  const { exitCode, stderr } = await runToEnd({
    args,
    cwd: service.cwd,
    env: service.env,
    signal,
  });
  if (exitCode !== 0) throw new Error(stderr.trim() || `${service.name} judges no settings.`);
}
