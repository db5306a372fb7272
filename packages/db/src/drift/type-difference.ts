import { normaliseType } from "./normalise.ts";
import type { Severity } from "./difference.ts";

interface TypeChange {
  severity: Severity;
  /** What follows from it, after a colon. */
  effect: string;
}

interface ParsedType {
  base: string;
  /** Length, or precision and scale. */
  sizes: number[];
}

const INTEGERS = ["smallint", "integer", "bigint"];

/** What it means that a column has another type than the schema says; undefined when they agree. */
export function judgeType(expected: string, found: string, where: string): TypeChange | undefined {
  const wanted = parseType(expected);
  const actual = parseType(found);
  if (wanted.base === actual.base && wanted.sizes.join() === actual.sizes.join()) return undefined;
  if (isText(wanted.base) && isText(actual.base)) return judgeLength(wanted, actual, where);
  if (wanted.base === actual.base) return judgeSize(wanted, actual, where);
  const size = INTEGERS.indexOf(actual.base);
  if (size >= 0 && size < INTEGERS.indexOf(wanted.base)) {
    return {
      severity: "harmful",
      effect: `larger numbers will be refused when ${where} is written`,
    };
  }
  const times = wanted.base.startsWith("timestamp") && actual.base.startsWith("timestamp");
  return {
    severity: "breaking",
    effect: times
      ? `reading ${where} gives times that are wrong or invalid`
      : `reading or writing ${where} will fail or give values of another kind`,
  };
}

const isText = (base: string) => base === "text" || base === "character varying";

function judgeLength(
  wanted: ParsedType,
  actual: ParsedType,
  where: string,
): TypeChange | undefined {
  const [limit = Infinity] = actual.sizes;
  const [needed = Infinity] = wanted.sizes;
  if (limit < needed) {
    return {
      severity: "harmful",
      effect: `values longer than ${limit} characters will be refused when ${where} is written`,
    };
  }
  return { severity: "harmless", effect: `${where} takes longer values than the schema says` };
}

function judgeSize(wanted: ParsedType, actual: ParsedType, where: string): TypeChange {
  const [digits = Infinity, scale = 0] = actual.sizes;
  const [digitsWanted = Infinity, scaleWanted = 0] = wanted.sizes;
  const narrower =
    digits - scale < digitsWanted - scaleWanted || wanted.sizes.length === 0 || scale < scaleWanted;
  return narrower && actual.sizes.length > 0
    ? { severity: "harmful", effect: `values of ${where} will be rounded or refused` }
    : { severity: "harmless", effect: `${where} takes more digits than the schema says` };
}

function parseType(type: string): ParsedType {
  const plain = normaliseType(type);
  const [, sizes] = /\((\d+(?:,\d+)?)\)/.exec(plain) ?? [];
  return {
    base: plain.replace(/\(\d+(?:,\d+)?\)/, ""),
    sizes: sizes === undefined ? [] : sizes.split(",").map(Number),
  };
}
