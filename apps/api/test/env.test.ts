import { expect, test } from "vitest";
import { readEnv } from "../src/env.ts";

const GIVEN = {
  DATABASE_URL: "postgresql://u@h/d",
  AUTH_SECRET: "a secret of forty characters for the test",
};

test("an empty value is none, for every setting that has a default", () => {
  const unset = readEnv(GIVEN);
  for (const empty of ["", " "]) {
    const names = [...Object.keys(unset), "METRICS_TOKEN", "DATABASE_MIGRATION_URL"];
    const all = Object.fromEntries(names.map((name) => [name, empty]));
    expect(readEnv({ ...all, ...GIVEN })).toEqual(unset);
  }
});

test.each(["DATABASE_URL", "AUTH_SECRET"])(
  "%s, unset or empty, is refused with what to set",
  (name) => {
    for (const value of [undefined, "", "  "]) {
      expect(() => readEnv({ ...GIVEN, [name]: value })).toThrow(`${name}: set it to `);
    }
  },
);
