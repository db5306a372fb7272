import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { describeError } from "../src/errors/error-mapping.ts";
import { appRouter } from "../src/index.ts";
import { IDEMPOTENT_CALLS } from "../src/wire.contract.ts";
import { boundedList, PROBLEMS_MAX } from "../src/bounded-list.contract.ts";

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

/** What keeps every problem of every element: zod's own lists, records, maps and sets. */
function findUnbounded(schema: z.ZodType): string[] {
  const { def } = schema._zod;
  const parts = Object.values(def).flatMap((value: unknown) =>
    typeof value === "object" && value !== null && !isSchema(value) ? Object.values(value) : value,
  );
  const own = ["array", "record", "map", "set", "tuple"].includes(def.type) ? [def.type] : [];
  return [...own, ...parts.filter(isSchema).flatMap(findUnbounded)];
}

const inputs = Object.entries(appRouter._def.procedures).flatMap(([path, procedure]) =>
  (procedure as unknown as { _def: { inputs: unknown[] } })._def.inputs
    .filter(isSchema)
    .map((input) => ({ path, input })),
);

test("no procedure takes a list that is judged whole before it is refused", () => {
  expect(inputs.length).toBeGreaterThan(20);
  expect(inputs.filter(({ input }) => findUnbounded(input).length > 0)).toEqual([]);
  const planted = z.object({ ids: z.array(z.string()).optional() });
  expect(findUnbounded(planted)).toEqual(["array"]);
});

/** Whether an object in it has a field of this name. */
function hasField(schema: z.ZodType, name: string): boolean {
  const { def } = schema._zod;
  if (schema instanceof z.ZodObject && name in schema.shape) return true;
  const parts = Object.values(def).flat() as unknown[];
  return parts.some((part) => isSchema(part) && hasField(part, name));
}

test("clients know which calls take a key, and so may be sent again", () => {
  const keyed = inputs.filter(({ input }) => hasField(input, "idempotencyKey"));
  expect(keyed.map(({ path }) => path).toSorted()).toEqual(IDEMPOTENT_CALLS);
});

describe("of a list with many wrong elements", () => {
  const element = z.string().max(3);
  const told = (list: unknown) => {
    const { error } = z
      .object({ names: boundedList(element, { max: 1_000 }) })
      .safeParse({ names: list });
    return describeError(new TRPCError({ code: "BAD_REQUEST", cause: error }));
  };

  test("the first problems are told, and that there may be more", () => {
    const { details, message } = told(Array(1_000).fill(1));
    expect(Object.keys(details.fieldErrors ?? {})).toEqual(
      Array.from({ length: PROBLEMS_MAX }, (_, index) => `names.${index}`),
    );
    expect(message).toBe("The input is not valid; its first 20 problems are these.");
  });

  test("what is fewer is told without that", () => {
    const { details, message } = told(["abc", "abcd", "abc", 4]);
    expect(Object.keys(details.fieldErrors ?? {})).toEqual(["names.1", "names.3"]);
    expect(message).toBe("The input is not valid.");
  });

  test("none is looked at when there are too few or too many of them", () => {
    let looked = 0;
    const counting = z.custom<string>(() => ++looked > 0);
    const list = boundedList(counting, { min: 2, max: 3 });
    expect(list.safeParse(["a"]).error?.issues).toMatchObject([{ message: "Give at least 2." }]);
    expect(list.safeParse(Array(4_000).fill("a")).error?.issues).toMatchObject([
      { message: "Give at most 3; these are 4,000." },
    ]);
    expect(looked).toBe(0);
    expect(list.parse(["a", "b"])).toHaveLength(2);
    expect(list.parse(["a", "b", "c"])).toHaveLength(3);
  });

  test("a place or a sentence that quotes the input is cut", () => {
    const long = "x".repeat(10_000);
    const { error } = z
      .object({ a: z.custom(() => false, long), [long]: z.number() })
      .safeParse({});
    const { fieldErrors = {} } = describeError(
      new TRPCError({ code: "BAD_REQUEST", cause: error }),
    ).details;
    expect(
      Object.entries(fieldErrors).map(([field, words]) => [field.length, words.length > 500]),
    ).toEqual([
      [1, false],
      [200, false],
    ]);
  });
});
