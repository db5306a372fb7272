import { expect, it } from "vitest";
import { msWords, poolerWords, stateOf } from "./health-words.ts";

it.each([
  [0.34, "0.3 ms"],
  [41.2, "41 ms"],
  [999.4, "999 ms"],
  [2350, "2.4 s"],
])("writes %s milliseconds", (ms, words) => {
  expect(msWords(ms)).toBe(words);
});

it("names the pooler as far as it told", () => {
  expect(poolerWords({ kind: "pgbouncer", version: "1.25.0" })).toBe("PgBouncer 1.25.0");
  expect(poolerWords({ kind: "supavisor", version: null })).toBe("Supavisor");
});

it("says the worst first, in one line", () => {
  const finding = (status: "ok" | "warn" | "fail") => ({ name: "", status, says: "", todo: null });
  expect(stateOf([finding("ok"), finding("ok")]).words).toBe("All of 2 checks are well");
  expect(stateOf([finding("warn"), finding("ok")])).toEqual({
    status: "warn",
    words: "1 thing to look at",
  });
  expect(stateOf([finding("fail"), finding("warn"), finding("warn")])).toEqual({
    status: "fail",
    words: "1 thing broken, 2 things to look at",
  });
});
