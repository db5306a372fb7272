import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DomainError } from "../errors/domain-error.ts";
import { readCron } from "./read-cron.ts";
import { SCHEDULE_MINUTES_MIN } from "./schedule.contract.ts";
import { tellCron } from "./tell-cron.ts";

const NOW = new Date("2026-11-21T09:00:00Z");
const read = (cron: string, timeZone = "UTC") => readCron({ cron, timeZone }, NOW);
const complaintOf = (cron: string, timeZone?: string): string => {
  try {
    read(cron, timeZone);
    return "read";
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.code).toBe("INVALID_INPUT");
    return Object.values(error.details.fieldErrors ?? {}).join();
  }
};

test.each([
  ["61 9 * * *", 'The minute, "61", cannot be read: 0 to 59, or *.'],
  ["0 24 * * *", 'The hour, "24", cannot be read: 0 to 23, or *.'],
  ["0 9 32 * *", 'The day of the month, "32", cannot be read: 1 to 31, or *.'],
  ["0 9 * 13 *", 'The month, "13", cannot be read: 1 to 12 or JAN to DEC, or *.'],
  ["0 9 * * 8", 'The day of the week, "8", cannot be read: 0 to 7 or SUN to SAT, or *.'],
  ["5-1 9 * * *", 'The minute, "5-1", cannot be read: 0 to 59, or *.'],
  ["0 9 ? * *", 'The day of the month, "?", cannot be read: 1 to 31, or *.'],
  ["0 9 * * +1", 'The day of the week, "+1", cannot be read: 0 to 7 or SUN to SAT, or *.'],
  ["0 9 30 2 *", "No day of the calendar is such a day."],
  ["0 9 * * FRI#L", 'The day of the week, "FRI#L", cannot be read: 0 to 7 or SUN to SAT, or *.'],
  [
    "@daily",
    "Give five parts with blanks between them: minute, hour, day of the month, month, day of the week.",
  ],
  [
    "2030-01-23T00:00:00",
    "Give five parts with blanks between them: minute, hour, day of the month, month, day of the week.",
  ],
  [
    "0 0 9 * * *",
    "Give five parts with blanks between them: minute, hour, day of the month, month, day of the week.",
  ],
])("%s is refused in words", (cron, words) => {
  expect(complaintOf(cron)).toBe(words);
});

test.each(["Mars/Base", "+01:00", "", "Europe/Berlin; select 1", "UTC ", "../UTC"])(
  "%s is no time zone",
  (timeZone) => {
    expect(complaintOf("0 9 * * *", timeZone)).toMatch(/^This is no time zone/);
  },
);

test.each(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "Etc/GMT+5"])(
  "%s is one",
  (timeZone) => {
    expect(complaintOf("0 9 * * *", timeZone)).toBe("read");
  },
);

test.each([
  [`*/${SCHEDULE_MINUTES_MIN} * * * *`, "read"],
  [
    "0,14 * * * *",
    "A schedule runs at most every 15 minutes; this one would run after 14 minutes.",
  ],
  ["* * * * *", "A schedule runs at most every 15 minutes; this one would run after a minute."],
  // From one hour to the next, and from one day to the next.
  ["0,50 9 * * *", "read"],
  [
    "0,50 9-10 * * *",
    "A schedule runs at most every 15 minutes; this one would run after 10 minutes.",
  ],
  ["5,50 0,23 * * *", "read"],
  [
    "4,50 0,23 * * *",
    "A schedule runs at most every 15 minutes; this one would run after 14 minutes.",
  ],
  [
    "0,10 0 1 1 *",
    "A schedule runs at most every 15 minutes; this one would run after 10 minutes.",
  ],
])("how often: %s", (cron, words) => {
  expect(complaintOf(cron)).toBe(words);
});

/** Local times of the runs in a stretch, with the offset from UTC. */
const runsBetween = (cron: string, timeZone: string, from: string, until: string): string[] => {
  const moments = read(cron, timeZone);
  const runs: string[] = [];
  for (let at = moments.next(new Date(from)); at && at <= new Date(until); at = moments.next(at)) {
    runs.push(`${at.toISOString().slice(5, 16)}Z`);
  }
  return runs;
};

describe("where clocks change", () => {
  test.each([
    // 02:30 is left out on the 29th, and comes at the end of the hour.
    [
      "Europe/Berlin",
      "2026-03-28T00:00Z",
      "2026-03-30T12:00Z",
      ["03-28T01:30Z", "03-29T01:00Z", "03-30T00:30Z"],
    ],
    // 02:30 comes twice on the 25th: the first counts.
    [
      "Europe/Berlin",
      "2026-10-24T00:00Z",
      "2026-10-26T12:00Z",
      ["10-24T00:30Z", "10-25T00:30Z", "10-26T01:30Z"],
    ],
    [
      "America/New_York",
      "2026-03-07T00:00Z",
      "2026-03-09T12:00Z",
      ["03-07T07:30Z", "03-08T07:00Z", "03-09T06:30Z"],
    ],
    // There it is 01:30 that comes twice.
    [
      "America/New_York",
      "2026-10-31T00:00Z",
      "2026-11-02T12:00Z",
      ["10-31T06:30Z", "11-01T07:30Z", "11-02T07:30Z"],
    ],
    ["Asia/Kolkata", "2026-03-28T00:00Z", "2026-03-30T12:00Z", ["03-28T21:00Z", "03-29T21:00Z"]],
  ])("30 2 * * * in %s from %s to %s", (timeZone, from, until, runs) => {
    expect(runsBetween("30 2 * * *", timeZone, from, until)).toEqual(runs);
  });

  test("30 1 * * * comes once on the night of New York that has it twice", () => {
    expect(
      runsBetween("30 1 * * *", "America/New_York", "2026-10-31T00:00Z", "2026-11-02T12:00Z"),
    ).toEqual(["10-31T05:30Z", "11-01T05:30Z", "11-02T06:30Z"]);
  });

  test("every half hour goes on through both nights", () => {
    for (const [from, until] of [
      ["2026-03-28T23:00Z", "2026-03-29T03:00Z"],
      ["2026-10-24T23:00Z", "2026-10-25T03:00Z"],
    ] as const) {
      expect(runsBetween("*/30 * * * *", "Europe/Berlin", from, until)).toHaveLength(8);
    }
  });
});

const anyField = (least: number, most: number) =>
  fc.oneof(
    fc.constant("*"),
    fc.integer({ min: least, max: most }).map(String),
    fc
      .uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 })
      .map((all) => all.join(",")),
    fc
      .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
      .map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`),
  );
const anyCron = fc
  .tuple(
    fc.integer({ min: 0, max: 59 }),
    anyField(0, 23),
    anyField(1, 28),
    anyField(1, 12),
    anyField(0, 6),
  )
  .map((fields) => fields.join(" "));
const anyZone = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
);
const anyTime = fc.date({
  min: new Date("2026-01-01"),
  max: new Date("2027-12-31"),
  noInvalidDate: true,
});

test("moments run forward, each once; the last one up to a time is the one before its next", () => {
  fc.assert(
    fc.property(anyCron, anyZone, anyTime, (cron, timeZone, at) => {
      const moments = read(cron, timeZone);
      const [first, second] = moments.nextOnes(2, at);
      if (!first || !second) throw new Error("such a day comes");
      expect(first.getTime()).toBeGreaterThan(at.getTime());
      expect(second.getTime()).toBeGreaterThan(first.getTime());
      expect(moments.next(first)).toEqual(second);
      expect(moments.last(first)).toEqual(first);
      expect(moments.last(new Date(second.getTime() - 1))).toEqual(first);
      const last = moments.last(at);
      expect(last && moments.next(last)).toEqual(first);
    }),
    { numRuns: 500 },
  );
});

test("whatever is read can be told in words", () => {
  fc.assert(
    fc.property(anyCron, (cron) => {
      read(cron);
      expect(tellCron(cron)).toMatch(/^[A-Z]/);
    }),
  );
});

test("garbage is refused, and never a fault", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom(..."0159*,/-#LWMON?+ @".split("")) }), {
        maxLength: 6,
      }),
      (parts) => {
        const cron = parts.join(" ").trim();
        if (complaintOf(cron || "x") === "read") tellCron(cron);
      },
    ),
    { numRuns: 2000 },
  );
});
