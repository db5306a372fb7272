import fc from "fast-check";
import type { JsonSchema } from "./json-schema.ts";

/** What may stand in a field of this name, beside what its schema says. */
export type Known = (name: string) => readonly unknown[];

/** Texts that programs have stumbled over, none of them with SQL that an answer could have from elsewhere. */
const ODD_TEXTS = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "a\udc00b",
  "' or 1=1 --",
  "%",
  "_%\\",
  "\\",
  "{}",
  "[]",
  "null",
  "-1",
  "1e400",
  "NaN",
  "infinity",
  "-infinity",
  "9".repeat(40),
  "0000-00-00",
  "2026-02-30T25:61:61Z",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999999+14:00",
  "2026-11-29T12:00:00+99:99",
  "../../etc/passwd",
  "http://[::1]:99999/",
  "https://user:word@\u0130stanbul.example/?q=%zz",
  "\u212a.example",
  "xn--",
  "xn--a.example",
  `${"a".repeat(64)}.example`,
  "a..example",
  "\u202egnp.example",
  "\ufeff",
  "e\u0301\u200d\u{1f469}\u200d\u{1f467}",
  "__proto__",
  "constructor",
  "${7*7}",
  "a,b;c\td\r\ne",
  '"',
  "00000000-0000-0000-0000-000000000000",
  "=1+1",
];
const ODD_NUMBERS = [0, -0, -1, 1.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, -(2 ** 63), 1e308, 5e-324];

/** Large and deep ones are rare: each costs as much as a hundred others. */
const HUGE = fc.constantFrom(
  ...["x", "\u00e9", "a.", "'", "(", "%"].map((letter) => letter.repeat(100_000)),
);
const LONG_LIST = fc
  .tuple(fc.constantFrom<unknown>("a.example", 1, null, {}, []), fc.constantFrom(1_001, 100_001))
  .map(([element, length]) => Array<unknown>(length).fill(element));
const DEEP = fc.constantFrom("[", '{"a":').map((open) => {
  const depth = 2_000;
  const close = open === "[" ? "]" : "}";
  return JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`) as unknown;
});

const words = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(...ODD_TEXTS),
);

/** Anything that JSON can say, whatever was asked for. */
const anything = fc.oneof(
  { weight: 30, arbitrary: words },
  {
    weight: 20,
    arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], ...ODD_NUMBERS),
  },
  { weight: 10, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: HUGE },
  { weight: 1, arbitrary: LONG_LIST },
  { weight: 1, arbitrary: DEEP },
);

/** Inputs of this shape: mostly what it says, with known values in fields of their name; sometimes anything else. */
export function inputsOf(schema: JsonSchema, known: Known, name = ""): fc.Arbitrary<unknown> {
  const values = known(name);
  return fc.oneof(
    { weight: 30, arbitrary: fittingTo(schema, known, name) },
    { weight: values.length === 0 ? 0 : 90, arbitrary: fc.constantFrom(...values, null) },
    { weight: schema.parts === true ? 0 : 2, arbitrary: anything },
  );
}

function fittingTo(schema: JsonSchema, known: Known, name: string): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => fittingTo(one, known, name)));
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((one) => fittingTo(one, known, name));
    return fc.tuple(...parts).map((all) => Object.assign({}, ...all) as unknown);
  }
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type) => fittingTo({ ...schema, type }, known, name)));
  }
  switch (schema.type) {
    case "object":
      return objects(schema, known);
    case "array":
      return lists(schema, known, name);
    case "integer":
      return wholeNumbers(schema);
    case "number":
      return fc.oneof(wholeNumbers(schema), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return texts(schema);
    default:
      return anything;
  }
}

/** More of what may be left out would narrow nearly every answer to nothing. */
const OPTIONAL_MAX = 3;

function objects({ properties = {}, required = [] }: JsonSchema, known: Known) {
  const names = Object.keys(properties);
  const needed = names.filter((field) => required.includes(field));
  const optional = names.filter((field) => !required.includes(field));
  return fc
    .subarray(optional, { maxLength: Math.min(OPTIONAL_MAX, optional.length) })
    .chain((some) =>
      fc.record(
        Object.fromEntries(
          [...needed, ...some].map((field) => [field, inputsOf(properties[field]!, known, field)]),
        ),
        { noNullPrototype: true },
      ),
    );
}

function lists({ items = {}, minItems = 0, maxItems }: JsonSchema, known: Known, name: string) {
  const maxLength = Math.min(maxItems ?? 5, minItems + 5);
  return fc.array(inputsOf(items, known, name), { minLength: minItems, maxLength });
}

const wholeNumbers = ({ minimum = -10, maximum = 2 ** 31 }: JsonSchema) =>
  fc.oneof(
    fc.integer({ min: minimum, max: Math.min(maximum, minimum + 10) }),
    fc.constantFrom(minimum, maximum, minimum - 1, maximum + 1),
  );

function texts({ format, minLength = 0, maxLength = 200 }: JsonSchema) {
  if (format === "date-time") return TIMES;
  if (format === "uuid") return fc.uuid();
  const longest = "w".repeat(Math.min(maxLength, 10_000));
  return fc.oneof(
    fc.string({ minLength, maxLength: Math.min(maxLength, minLength + 20) }),
    words,
    fc.constantFrom(longest, `${longest}w`),
  );
}

const TIMES = fc.oneof(
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") })
    .map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
