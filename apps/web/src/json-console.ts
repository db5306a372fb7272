const LEVELS = { debug: 20, log: 30, info: 30, warn: 40, error: 50 } as const;
const WARN = 40;

type Said = Record<keyof typeof LEVELS, (...said: unknown[]) => void>;

interface Around {
  getBuiltinModule: (typeof process)["getBuiltinModule"];
  stdout: { write(line: string): unknown };
  stderr: { write(line: string): unknown };
}

/**
 * Has what is said on a console written as the API and the worker write their logs: a JSON object a line, with pino's levels. Next has
 * no other way to be told where its own words go.
 */
export function logAsJson(target: Said, { getBuiltinModule, stdout, stderr }: Around): void {
  const { format, stripVTControlCharacters } = getBuiltinModule("node:util");
  for (const [name, level] of Object.entries(LEVELS) as [keyof Said, number][]) {
    target[name] = (...said) => {
      const msg = stripVTControlCharacters(format(...said)).trim();
      if (msg === "") return;
      const line = `${JSON.stringify({ level, time: Date.now(), app: "web", msg })}\n`;
      (level >= WARN ? stderr : stdout).write(line);
    };
  }
}
