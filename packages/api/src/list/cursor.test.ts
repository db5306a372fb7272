import fc from "fast-check";
import { expect, test } from "vitest";
import { DomainError } from "../errors/domain-error.ts";
import { type Place, readCursor, writeCursor } from "./cursor.ts";

/** As the database prints a timestamp. */
const anyTime = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().replace("T", " ").replace("Z", "456"));
const anySide = fc.constantFrom<Place["side"]>("after", "from", "before", "through");
const TYPES = ["timestamp", "integer"] as const;

test("a cursor reads back as it was written, in its own list only", () => {
  fc.assert(
    fc.property(anySide, anyTime, fc.nat(), (side, time, id) => {
      const place = { side, keys: [time, String(id)] };
      const cursor = writeCursor(["list", "tenant", null], place);
      expect(readCursor(["list", "tenant", null], cursor, TYPES)).toEqual(place);
      for (const scope of [
        ["list", "other", null],
        ["list", "tenant", ["failed"]],
        ["another", "tenant", null],
      ]) {
        expect(() => readCursor(scope, cursor, TYPES)).toThrow(DomainError);
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
        expect(() => readCursor("list", text, TYPES)).toThrow(
          expect.objectContaining({
            code: "INVALID_INPUT",
            details: expect.objectContaining({ errorCode: "INVALID_CURSOR" }),
          }),
        );
      },
    ),
  );
  const written = writeCursor("list", { side: "after", keys: ["2026-11-21 09:00:00", "6"] });
  for (const [at, part] of [
    [1, "before"],
    [3, "4"],
  ] as const) {
    const moved = JSON.parse(Buffer.from(written, "base64url").toString()) as string[];
    moved[at] = part;
    const forged = Buffer.from(JSON.stringify(moved)).toString("base64url");
    expect(() => readCursor("list", forged, TYPES)).toThrow(DomainError);
  }
});

test.each([
  ["timestamp", "not a time"],
  ["timestamp", "2026-13-40 00:00:00"],
  ["timestamp with time zone", "infinity"],
  ["timestamp with time zone", ""],
  ["integer", "abc"],
  ["integer", "-1"],
  ["integer", "1.5"],
  ["integer", "2147483648"],
  ["uuid", "00000000"],
] as const)("a cursor with a right checksum over a wrong %s is refused: %s", (type, key) => {
  const cursor = writeCursor("list", { side: "after", keys: [key] });
  expect(() => readCursor("list", cursor, [type])).toThrow(
    expect.objectContaining({ code: "INVALID_INPUT" }),
  );
  const sideways = writeCursor("list", { side: "beside" as "after", keys: [crypto.randomUUID()] });
  expect(() => readCursor("list", sideways, ["uuid"])).toThrow(DomainError);
});

test("what the database prints of a time, a number or an id is let through", () => {
  const keys = ["2026-11-21 09:00:00.12+00", "-infinity", "0", crypto.randomUUID()];
  const types = ["timestamp with time zone", "timestamp", "integer", "uuid"] as const;
  const place = { side: "before", keys } as const;
  expect(readCursor("list", writeCursor("list", place), types)).toEqual(place);
});
