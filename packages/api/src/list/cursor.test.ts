import fc from "fast-check";
import { expect, test } from "vitest";
import { DomainError } from "../errors/domain-error.ts";
import { readCursor, writeCursor } from "./cursor.ts";

test("a cursor reads back as it was written, in its own list only", () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (time, id) => {
      const cursor = writeCursor(["list", "tenant", null], [time, id]);
      expect(readCursor(["list", "tenant", null], cursor, 2)).toEqual([time, String(id)]);
      for (const scope of [
        ["list", "other", null],
        ["list", "tenant", ["failed"]],
        ["another", "tenant", null],
      ]) {
        expect(() => readCursor(scope, cursor, 2)).toThrow(DomainError);
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
        expect(() => readCursor("list", text, 2)).toThrow(
          expect.objectContaining({ code: "INVALID_INPUT" }),
        );
      },
    ),
  );
  const moved = JSON.parse(Buffer.from(writeCursor("list", [5, 6]), "base64url").toString());
  moved[1] = 4;
  const forged = Buffer.from(JSON.stringify(moved)).toString("base64url");
  expect(() => readCursor("list", forged, 2)).toThrow(DomainError);
});
