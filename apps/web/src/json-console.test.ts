import { expect, it } from "vitest";
import { logAsJson } from "./json-console.ts";

it("writes a JSON object a line for whatever is said: formats, colours, faults with their stack; nothing for an empty word", () => {
  const lines: [object, string][] = [];
  const to = (stream: string) => ({
    write: (line: string) => {
      expect(line).toMatch(/^[^\n]+\n$/);
      lines.push([JSON.parse(line) as object, stream]);
    },
  });
  const { getBuiltinModule } = process;
  const target = {} as Parameters<typeof logAsJson>[0];
  logAsJson(target, { getBuiltinModule, stdout: to("out"), stderr: to("err") });
  target.log(" ✓ Ready in %dms", 12);
  target.log("");
  target.warn("\u001B[33mlate\u001B[39m\nand longer");
  target.error("no answer", new Error("away"));
  const line = (level: number, msg: unknown) => ({
    level,
    time: expect.any(Number),
    app: "web",
    msg,
  });
  expect(lines).toEqual([
    [line(30, "✓ Ready in 12ms"), "out"],
    [line(40, "late\nand longer"), "err"],
    [line(50, expect.stringMatching(/^no answer Error: away\n\s+at /)), "err"],
  ]);
});
