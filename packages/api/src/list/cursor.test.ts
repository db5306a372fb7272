import fc from "fast-check";
import { expect, test } from "vitest";
import { DomainError } from "../errors/domain-error.ts";
import { readCursor, writeCursor } from "./cursor.ts";

/** As the database prints a timestamp. */
const anyTime = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().replace("T", " ").replace("Z", "456"));

test("a cursor reads back as it was written, in its own list only", () => {
  fc.assert(
    fc.property(anyTime, fc.nat(), (time, id) => {
      const cursor = writeCursor(["list", "tenant", null], [time, id]);
      expect(readCursor(["list", "tenant", null], cursor, ["time", "int"])).toEqual([
        time,
        String(id),
      ]);
      for (const scope of [
        ["list", "other", null],
        ["list", "tenant", ["failed"]],
        ["another", "tenant", null],
      ]) {
        expect(() => readCursor(scope, cursor, ["time", "int"])).toThrow(DomainError);
      }
    }),
  );
});

test("garbage and altered cursors are refused as invalid input, never as a fault", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.json().map((text) => Buffer.from(text).toString("base64url")),
      ),
      (text) => {
        expect(() => readCursor("list", text, ["time", "int"])).toThrow(
          expect.objectContaining({ code: "INVALID_INPUT" }),
        );
      },
    ),
  );
  const moved = JSON.parse(
    Buffer.from(writeCursor("list", ["2026-11-21 09:00:00", 6]), "base64url").toString(),
  );
  moved[2] = 4;
  const forged = Buffer.from(JSON.stringify(moved)).toString("base64url");
  expect(() => readCursor("list", forged, ["time", "int"])).toThrow(DomainError);
});

test.each([
  ["time", "not a time"],
  ["time", "2026-13-40 00:00:00"],
  ["time", "infinity"],
  ["time", ""],
  ["int", "abc"],
  ["int", -1],
  ["int", 1.5],
  ["int", 2_147_483_648],
  ["uuid", "00000000"],
] as const)("a cursor with a right checksum over a wrong %s is refused: %s", (kind, key) => {
  const cursor = writeCursor("list", [key]);
  expect(() => readCursor("list", cursor, [kind])).toThrow(
    expect.objectContaining({ code: "INVALID_INPUT" }),
  );
});

test("what the database prints of a time, a number or an id is let through", () => {
  const keys = ["2026-11-21 09:00:00.12+00", "-infinity", 0, crypto.randomUUID()];
  const kinds = ["time", "time", "int", "uuid"] as const;
  expect(readCursor("list", writeCursor("list", keys), kinds)).toEqual(keys.map(String));
});
