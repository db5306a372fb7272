import type { Expected } from "./corpus.ts";

const LISTS = {
  emails: "email",
  phones: "phone",
  faxes: "fax",
  socials: "social",
  technologies: "technology",
} as const;
const SINGLES = ["bestEmail", "businessName", "town", "country"] as const;

type List = keyof typeof LISTS;
type Single = (typeof SINGLES)[number];

/** What a visit found on one saved site, beside what a reader found there. */
export interface Reading {
  slug: string;
  expected: Expected;
  found: Record<List, string[]> & Record<Single, string | null>;
}

/** How one field of a whole corpus was read. */
export interface FieldScore {
  /** Such as "email" or "town". */
  field: string;
  right: number;
  found: number;
  expected: number;
  /** A line per site with something lost or something that is not so: "slug: - lost, + not so". */
  misses: string[];
}

/** A score per field: lists count each entry once, single fields each site once, rightly silent ones too. */
export function scoreReadings(readings: Reading[]): FieldScore[] {
  return [
    ...(Object.keys(LISTS) as List[]).map((list) =>
      scoreOf(LISTS[list], readings, ({ expected, found }) => {
        const wanted = byKey(expected[list], list);
        const got = byKey(found[list], list);
        return {
          right: [...got.keys()].filter((key) => wanted.has(key)).length,
          found: got.size,
          expected: wanted.size,
          lost: [...wanted].filter(([key]) => !got.has(key)).map(([, value]) => value),
          untrue: [...got].filter(([key]) => !wanted.has(key)).map(([, value]) => value),
        };
      }),
    ),
    ...SINGLES.map((field) =>
      scoreOf(field, readings, ({ expected, found }) => {
        const wanted = [expected[field]].flat();
        const got = found[field];
        const isRight = wanted.some((value) => wordsOf(value) === wordsOf(got));
        return {
          right: isRight ? 1 : 0,
          found: 1,
          expected: 1,
          lost: isRight ? [] : [wanted[0] ?? "nothing"],
          untrue: isRight || got === null ? [] : [got],
        };
      }),
    ),
  ];
}

interface Scored {
  right: number;
  found: number;
  expected: number;
  lost: string[];
  untrue: string[];
}

function scoreOf(field: string, readings: Reading[], scored: (reading: Reading) => Scored) {
  const score: FieldScore = { field, right: 0, found: 0, expected: 0, misses: [] };
  for (const reading of readings) {
    const { right, found, expected, lost, untrue } = scored(reading);
    score.right += right;
    score.found += found;
    score.expected += expected;
    const signs = [...lost.map((value) => `- ${value}`), ...untrue.map((value) => `+ ${value}`)];
    if (signs.length > 0) score.misses.push(`${reading.slug}: ${signs.join(", ")}`);
  }
  return score;
}

/** Precision and recall of lists, the share that is right of single fields, by the names that are promised. */
export function ratiosOf(scores: FieldScore[]): Record<string, number> {
  const singles: readonly string[] = SINGLES;
  const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return Object.fromEntries(
    scores.flatMap(({ field, right, found, expected }) =>
      singles.includes(field)
        ? [[field, share(right, expected)]]
        : [
            [`${field}Precision`, share(right, found)],
            [`${field}Recall`, share(right, expected)],
          ],
    ),
  );
}

function byKey(values: string[], list: List): Map<string, string> {
  const key = list === "socials" ? accountOf : (value: string) => value.toLowerCase();
  return new Map(values.map((value) => [key(value), value]));
}

/** Case, spaces and punctuation make no other name. */
function wordsOf(value: string | null | undefined): string | null {
  if (value == null) return null;
  return value
    .normalize("NFC")
    .toLowerCase()
    .replace(/\.(?![\p{L}\p{N}])|[^\p{L}\p{M}\p{N}@.&]+/gu, " ")
    .trim();
}

/** Network and account of an address: a network's host of one country, its former name or its host for telephones is the same. */
function accountOf(address: string): string {
  const { hostname, pathname, searchParams } = new URL(address);
  const network = hostname.replace(/\.(?:com?\.[a-z]{2}|[a-z]+)$/, "").replace(/^.*\./, "");
  const path = decodeURIComponent(pathname).toLowerCase().replace(/\/+$/, "");
  if (network === "whatsapp" && path === "/send") return `wa/${searchParams.get("phone")}`;
  const id = path === "/profile.php" ? `?id=${searchParams.get("id")}` : "";
  return `${network === "twitter" ? "x" : network}${path}${id}`;
}
