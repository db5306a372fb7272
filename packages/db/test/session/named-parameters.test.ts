import fc from "fast-check";
import { loadModule, parseSync, scanSync } from "libpg-query";
import { beforeAll, describe, expect, test } from "vitest";
import {
  bindNamed,
  parseNamedParameters,
  withoutOpaque,
} from "../../src/session/sql/named-parameters.ts";

describe("parseNamedParameters", () => {
  test.each([
    ["select :a", "select $1", ["a"]],
    ["select :a, :b, :a", "select $1, $2, $1", ["a", "b"]],
    ["select :a::int, now()::date", "select $1::int, now()::date", ["a"]],
    ["select ':a', \":b\", :c", "select ':a', \":b\", $1", ["c"]],
    ["select 'it''s :a' || :b", "select 'it''s :a' || $1", ["b"]],
    ["select E'\\' :a' || :b", "select E'\\' :a' || $1", ["b"]],
    ["select '\\' || :b", "select '\\' || $1", ["b"]],
    ["select $$ :a $$, $x$ :b $$ :c $x$, :d", "select $$ :a $$, $x$ :b $$ :c $x$, $1", ["d"]],
    ["select 1 -- :a\n, :b", "select 1 -- :a\n, $1", ["b"]],
    ["select /* :a /* :b */ :c */ :d", "select /* :a /* :b */ :c */ $1", ["d"]],
    ["select x[1:2], y[lo:hi], array[:a,:b]", "select x[1:2], y[lo:hi], array[$1,$2]", ["a", "b"]],
    ["select f(a := 1, b => :b)", "select f(a := 1, b => $1)", ["b"]],
    ["where id=any(:ids)and x>:x", "where id=any($1)and x>$2", ["ids", "x"]],
    ["select tags$1 :a", "select tags$1 $1", ["a"]],
    ["select 'open :a", "select 'open :a", []],
  ])("%s", (sql, text, names) => {
    expect(parseNamedParameters(sql)).toEqual({ text, names });
  });

  const opaque = fc.oneof(
    fc.string({ maxLength: 12 }).map((inside) => `'${inside.replaceAll("'", "''")}'`),
    fc.string({ maxLength: 12 }).map((inside) => `"${inside.replaceAll('"', '""')}"`),
    fc.string({ maxLength: 12 }).map((inside) => `$q$${inside.replaceAll("$", "")}$q$`),
    fc.string({ maxLength: 12 }).map((inside) => `/*${inside.replace(/[/*]/g, "")}*/`),
    fc.string({ maxLength: 12 }).map((inside) => `--${inside.replaceAll("\n", "")}\n`),
    fc.constantFrom("::int", " , ", " + ", "(", ")", " x[1:2] "),
  );

  test("text between parameters is never touched, and each parameter is found where it stands", () => {
    const parameter = fc.constantFrom("a", "b", "c_1").map((name) => ({ name }));
    fc.assert(
      fc.property(fc.array(fc.oneof(opaque, parameter), { maxLength: 12 }), (parts) => {
        const names: string[] = [];
        const expected = parts
          .map((part) => {
            if (typeof part === "string") return part;
            if (!names.includes(part.name)) names.push(part.name);
            return `$${names.indexOf(part.name) + 1}`;
          })
          .join(" ");
        const sql = parts
          .map((part) => (typeof part === "string" ? part : `:${part.name}`))
          .join(" ");
        expect(parseNamedParameters(sql)).toEqual({ text: expected, names });
      }),
    );
  });
});

describe("texts of any size are read in one pass", () => {
  const COUNT = 100_000;
  const all = Array.from({ length: COUNT }, (_, at) => `p${at}`);

  test("as many different parameters as anybody has", () => {
    const statement = parseNamedParameters(`select ${all.map((name) => `:${name}`).join(", ")}`);
    expect(statement.names).toHaveLength(COUNT);
    expect(statement.text.endsWith(`$${COUNT}`)).toBe(true);
    const values = Object.fromEntries(all.map((name, at) => [name, at]));
    expect(bindNamed(statement, values)).toHaveLength(COUNT);
    expect(() => bindNamed(statement, { ...values, one: 1, two: 2 })).toThrow(/:one, :two$/);
    expect(() => bindNamed(statement, {})).toThrow(/:p0, :p1, /);
  });

  test.each([
    ["names with dollars", "a$"],
    ["numbers with dollars", "1$"],
    ["dollar quotes that nobody closes", "$a$b "],
    ["strings that go on", "e'x'\n"],
    ["comments that nobody closes", "/*"],
    ["colons", "a:b"],
  ])("%s", (_what, piece) => {
    const text = `select ${piece.repeat(COUNT)}`;
    expect(parseNamedParameters(text)).toEqual({ text, names: [] });
    expect(withoutOpaque(text)).toContain("select ");
  });
});

describe("beside the scanner and the parser of PostgreSQL", () => {
  beforeAll(() => loadModule());

  /** What stands between parameters, valid or not; whatever the scanner accepts must be read alike. */
  const PIECES = [
    ..."'\"$:-*/\\,;()[] \n\r\tEeq1_é".split(""),
    "--",
    "/*",
    "*/",
    "$$",
    "$q$",
    "::",
    ":=",
    ":a",
    ":b_1",
    ":É",
    "E'",
    "U&'",
    "b'",
    "''",
    " :c",
    "(:d)",
    "select ",
    " x[1:2]",
    " :e::int",
    "'\n'",
    "\\'",
    "\r\n",
  ];

  /** Names by the tokens of the real scanner: a colon and a word with nothing between, not after a value. */
  function scannedNames(sql: string): string[] | undefined {
    const bytes = Buffer.from(sql);
    let tokens: ReturnType<typeof scanSync>["tokens"];
    try {
      ({ tokens } = scanSync(sql));
    } catch {
      return undefined;
    }
    const textOf = (at: number) =>
      bytes.subarray(tokens[at]?.start ?? 0, tokens[at]?.end ?? 0).toString();
    const names = tokens.flatMap((token, at) => {
      const word = /^[A-Za-z_]\w*/.exec(textOf(at + 1))?.[0];
      if (textOf(at) !== ":" || !word || tokens[at + 1]!.start !== token.end) return [];
      const before = tokens[at - 1];
      const touches = before?.end === token.start && before.tokenName !== "C_COMMENT";
      return touches && /[\w)\]"'$\u0080-\uffff]$/.test(textOf(at - 1)) ? [] : [word];
    });
    return [...new Set(names)];
  }

  test("the same parameters are found in any text that the scanner accepts", () => {
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((pieces) => pieces.join("")),
        (sql) => {
          const names = scannedNames(sql);
          if (names === undefined) return;
          accepted++;
          expect(parseNamedParameters(sql).names).toEqual(names);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  const text = fc.string({ maxLength: 8 });
  const tail = fc.constantFrom("", " ", "\n", " -- it's :no\n", " /* :no 'open */ ");
  const leaf = fc.oneof(
    fc.constantFrom("a", "b", "c_1").map((name) => `:${name}`),
    fc.constantFrom(":a::int", "array[:a,:b]", "t.x[1:2]", "f(x := :c_1)", "cast(:b as text)"),
    text.map((inside) => `'${inside.replaceAll("\0", "").replaceAll("'", "''")}'`),
    fc.constantFrom("E'it\\'s :no'", "U&'d\\0061t :no'", "$$ :no ' $$", "$t$ $$ :no $t$", '"a:no"'),
  );
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc
        .tuple(
          tie("expression"),
          fc.constantFrom(" || ", " = ", ",", " and "),
          tail,
          tie("expression"),
        )
        .map(([left, operator, space, right]) =>
          operator === ","
            ? `row(${left},${space}${right})`
            : `(${left}${operator}${space}${right})`,
        ),
    ),
  }));

  test("a valid statement stays valid, with as many parameters as it has names", () => {
    fc.assert(
      fc.property(expression, tail, (body, end) => {
        const { text: translated, names } = parseNamedParameters(`select ${body}${end}`);
        const numbers = [
          ...JSON.stringify(parseSync(translated)).matchAll(/"ParamRef":\{"number":(\d+)/g),
        ];
        expect(new Set(numbers.map(([, number]) => Number(number)))).toEqual(
          new Set(names.map((_name, at) => at + 1)),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("bindNamed", () => {
  test("names what is missing and what is not used", () => {
    const statement = parseNamedParameters("select :a, :b");
    expect(bindNamed(statement, { b: 2, a: null })).toEqual([null, 2]);
    expect(() => bindNamed(statement, { a: 1 })).toThrow(":b");
    expect(() => bindNamed(statement, { a: 1, b: 2, typo: 3 })).toThrow(":typo");
    expect(() => bindNamed(parseNamedParameters("select :toString"), {})).toThrow(":toString");
  });
});
