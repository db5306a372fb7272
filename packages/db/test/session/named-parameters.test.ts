import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bindNamed, parseNamedParameters } from "../../src/session/named-parameters.ts";

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

describe("bindNamed", () => {
  test("names what is missing and what is not used", () => {
    const statement = parseNamedParameters("select :a, :b");
    expect(bindNamed(statement, { b: 2, a: null })).toEqual([null, 2]);
    expect(() => bindNamed(statement, { a: 1 })).toThrow(":b");
    expect(() => bindNamed(statement, { a: 1, b: 2, typo: 3 })).toThrow(":typo");
    expect(() => bindNamed(parseNamedParameters("select :toString"), {})).toThrow(":toString");
  });
});
