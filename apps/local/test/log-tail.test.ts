import { expect, test } from "vitest";
import { renderTail } from "../src/log-tail.ts";

test("a log entry becomes one short line, with its cause", () => {
  const entry = {
    level: 50,
    time: Date.UTC(2026, 0, 2, 3, 4, 5),
    app: "worker",
    err: { type: "Error", message: "port taken", stack: "long" },
    msg: "it could not start",
  };
  expect(renderTail(`${JSON.stringify(entry)}\n`, 5)).toBe(
    "03:04:05 error it could not start: port taken",
  );
});

test("colours are taken out, other text stays, and only the last lines are shown", () => {
  expect(renderTail("first\n\u001b[31mred\u001b[39m\n{ not json\n", 2)).toBe("red\n{ not json");
});

test("a line without end is cut", () => {
  expect(renderTail("x".repeat(5_000), 1).length).toBeLessThan(500);
});
