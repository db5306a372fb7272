import { expect, test } from "vitest";
import { createOutageLog } from "../src/outage-log.ts";
import { backOff } from "../src/sleep.ts";

function listen() {
  let ms = 0;
  const said: string[] = [];
  const say = (detail: object, message: string) =>
    void said.push(`${message} ${JSON.stringify(detail)}`);
  const outage = createOutageLog({ info: say, warn: say }, () => ms);
  return { outage, said, pass: (by: number) => (ms += by) };
}

test("an outage is told when it begins, summed up once a minute, and told when it is over", () => {
  const { outage, said, pass } = listen();
  for (let failure = 0; failure < 27; failure++) {
    outage.failed("claiming", { fault: "connection_lost" });
    pass(10_000);
  }
  outage.succeeded("claiming");
  outage.succeeded("claiming");
  expect(said).toEqual([
    'claiming failed, trying again {"fault":"connection_lost"}',
    'claiming fails, still trying {"fault":"connection_lost","failures":6,"forSeconds":60}',
    'claiming fails, still trying {"fault":"connection_lost","failures":6,"forSeconds":120}',
    'claiming fails, still trying {"fault":"connection_lost","failures":6,"forSeconds":180}',
    'claiming fails, still trying {"fault":"connection_lost","failures":6,"forSeconds":240}',
    'claiming works again {"failures":27,"forSeconds":270}',
  ]);
});

test("a failure by itself is one line, and subjects are told apart", () => {
  const { outage, said } = listen();
  outage.failed("claiming", {});
  outage.failed("recording", {});
  outage.succeeded("claiming");
  outage.failed("claiming", {});
  expect(said).toEqual([
    "claiming failed, trying again {}",
    "recording failed, trying again {}",
    "claiming failed, trying again {}",
  ]);
});

test("an outage whose end nobody tells is over when it was silent for five minutes", () => {
  const { outage, said, pass } = listen();
  outage.failed("upkeep", {});
  pass(300_000);
  outage.failed("upkeep", {});
  pass(300_001);
  outage.failed("upkeep", {});
  expect(said).toEqual([
    "upkeep failed, trying again {}",
    'upkeep fails, still trying {"failures":1,"forSeconds":300}',
    "upkeep failed, trying again {}",
  ]);
});

test("pauses double with each failure up to the longest, with a random part, and are never shorter than without", () => {
  expect(backOff(500, 0, 30_000)).toBe(500);
  for (let failures = 1; failures < 20; failures++) {
    const whole = Math.min(500 * 2 ** failures, 30_000);
    for (let look = 0; look < 20; look++) {
      const pause = backOff(500, failures, 30_000);
      expect(pause).toBeGreaterThanOrEqual(Math.max(500, whole / 2));
      expect(pause).toBeLessThanOrEqual(whole);
    }
  }
  expect(backOff(5_000, 9, 5_000)).toBe(5_000);
});
