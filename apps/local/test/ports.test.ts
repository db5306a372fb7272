import { expect, test } from "vitest";
import { choosePort } from "../src/ports.ts";
import { occupyPort } from "./command.ts";

test("a taken port nobody asked for gives way to the next free one", async () => {
  const taken = await occupyPort();
  const port = await choosePort({ askedBy: undefined, port: taken.port }, new Set());
  expect(port).toBeGreaterThan(taken.port);
  await taken.close();
});

test("a port given to another service already is not given twice", async () => {
  const free = await occupyPort();
  await free.close();
  const port = await choosePort({ askedBy: undefined, port: free.port }, new Set([free.port]));
  expect(port).not.toBe(free.port);
});
