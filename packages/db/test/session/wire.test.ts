import { EventEmitter } from "node:events";
import type net from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Answer, messageEnd } from "../../src/session/wire/answer.ts";
import { Line } from "../../src/session/wire/line.ts";
import { COPY_FAIL, encodeScript, encodeStatement } from "../../src/session/wire/messages.ts";

const int16 = (value: number) => Buffer.from([value >> 8, value & 255]);
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const message = (type: string, ...parts: (Buffer | string)[]) => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
};
const columns = (...list: [name: string, type: number][]) =>
  message(
    "T",
    int16(list.length),
    ...list.flatMap(([name, type]) => [`${name}\0`, Buffer.alloc(6), int32(type), Buffer.alloc(8)]),
  );
const row = (...values: (string | null)[]) =>
  message(
    "D",
    int16(values.length),
    ...values.flatMap((value) =>
      value === null ? [int32(-1)] : [int32(Buffer.byteLength(value)), value],
    ),
  );
const error = (code: string) => message("E", `SERROR\0VERROR\0C${code}\0Mno\0nrule\0\0`);
const READY = message("Z", "I");
const complete = (tag: string) => message("C", `${tag}\0`);

/** A socket as far as a line needs one. */
class Wire extends EventEmitter {
  readonly written: string[] = [];
  destroyed = false;

  write(bytes: Buffer) {
    this.written.push(bytes.toString("latin1"));
  }

  destroy() {
    this.destroyed = true;
  }

  arrive(bytes: Buffer) {
    this.emit("data", bytes);
  }
}

/** A line whose driver notes what it gets. */
function open() {
  const wire = new Wire();
  const misfits: string[] = [];
  const line = new Line(() => misfits.push("misfit"));
  line.takeBack();
  const driver: Buffer[] = [];
  line.adopt(wire as unknown as net.Socket);
  wire.on("data", (bytes: Buffer) => driver.push(bytes));
  return { wire, line, driver, misfits };
}

type Rows = "objects" | "arrays" | "texts";

/** Sends a statement; `ends` notes how it ended. */
function ask(line: Line, text = "a statement", rows: Rows = "objects", statements?: number) {
  const ends: boolean[] = [];
  const refuseCopy = () => line.write(COPY_FAIL);
  const answer = new Answer({ text, rows, statements, aside: line.aside, refuseCopy });
  line.send(Buffer.from("?"), answer, (whole) => ends.push(whole));
  return { answer, ends };
}

const cut = (bytes: Buffer, cuts: number[]) => {
  const places = [...new Set(cuts.map((place) => place % bytes.length))].toSorted((a, b) => a - b);
  return [0, ...places].map((from, at) => bytes.subarray(from, places[at] ?? bytes.length));
};

/** The answer to a statement whose bytes arrive in pieces. */
function read(bytes: Buffer, cuts: number[] = [], rows: Rows = "objects") {
  const { wire, line, driver } = open();
  const { answer, ends } = ask(line, "a statement", rows);
  for (const piece of cut(bytes, cuts)) {
    expect(ends).toEqual([]);
    wire.arrive(piece);
  }
  expect(ends).toEqual([true]);
  return { answer, wire, aside: driver };
}

describe("an answer", () => {
  const values: [type: number, text: string | null, value: unknown][] = [
    [25, "größe 大", "größe 大"],
    [25, "", ""],
    [23, "-2147483648", -2147483648],
    [21, "0", 0],
    [20, "9223372036854775807", "9223372036854775807"],
    [1700, "1.50", "1.50"],
    [701, "-1.5e-7", -1.5e-7],
    [701, "NaN", Number.NaN],
    [16, "t", true],
    [16, "f", false],
    [17, "\\x00ff", Buffer.from([0, 255])],
    [3802, '{"a": 1}', '{"a": 1}'],
    [1184, "2026-11-21 10:00:00+00", "2026-11-21 10:00:00+00"],
    [1007, "{1,NULL,-3}", [1, null, -3]],
    [1009, '{a,"b c"}', ["a", "b c"]],
    [1000, "{t,f}", [true, false]],
    [23, null, null],
  ];
  const wholeRow = Object.fromEntries(values.map(([, , value], at) => [`c${at}`, value]));
  const bytes = Buffer.concat([
    message("1"),
    message("2"),
    columns(...values.map(([type], at): [string, number] => [`c${at}`, type])),
    row(...values.map(([, text]) => text)),
    message("N", "SNOTICE\0Cxx\0\0"),
    row(...values.map(([, text]) => text)),
    complete("SELECT 2"),
    READY,
  ]);

  test("has its rows as they arrived, however it is cut into pieces, and makes texts of what is asked for", () => {
    const texts = values.map(([, text]) => text);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (cuts) => {
        const { result } = read(bytes, cuts, "texts").answer;
        expect([result.length, result.count, result.texts?.length]).toEqual([0, 2, 2]);
        expect(Array.from(result.texts!)).toEqual([texts, texts]);
        expect([-3, -2, -1, 0, 1, 2].map((at) => result.texts!.at(at)?.length)).toEqual([
          undefined,
          17,
          17,
          17,
          17,
          undefined,
        ]);
        const first: unknown[] = [];
        result.texts!.cells(
          1,
          (piece, from, to) => first.push(from < 0 ? null : piece.toString("utf8", from, to)),
          3,
        );
        expect(first).toEqual(texts.slice(0, 3));
      }),
    );
  });

  test("is the same however it is cut into pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 40 }), (cuts) => {
        const { answer, aside } = read(bytes, cuts);
        expect([...answer.result]).toEqual([wholeRow, wholeRow]);
        expect(answer.result).toMatchObject({ count: 2, command: "SELECT" });
        expect(aside).toHaveLength(1);
      }),
    );
    const single = read(
      bytes,
      Array.from(bytes, (_, at) => at),
    );
    expect([...single.answer.result]).toEqual([wholeRow, wholeRow]);
  });

  test("gives arrays when asked, and the types of its columns", () => {
    const { answer } = read(bytes, [], "arrays");
    expect([...answer.result][0]).toEqual(values.map(([, , value]) => value));
    expect(answer.result.columns?.map(({ type }) => type)).toEqual(values.map(([type]) => type));
  });

  test("notices that the columns of a statement have changed", () => {
    const answerOf = (name: string, type: number) =>
      read(Buffer.concat([columns([name, type]), row("1"), complete("SELECT 1"), READY])).answer;
    expect([...answerOf("a", 23).result]).toEqual([{ a: 1 }]);
    expect([...answerOf("a", 25).result]).toEqual([{ a: "1" }]);
    expect([...answerOf("b", 25).result]).toEqual([{ b: "1" }]);
    expect(answerOf("b", 25).result.columns).toBe(answerOf("b", 25).result.columns);
  });

  test("of a script has a result for each statement", () => {
    const script = [complete("BEGIN"), columns(["a", 23]), row("1"), complete("SELECT 1")];
    const { result } = read(Buffer.concat([...script, complete("INSERT 0 3"), READY])).answer;
    const results = [...(result as unknown as Iterable<typeof result>)];
    expect(results.map(({ command, count }) => [command, count])).toEqual([
      ["BEGIN", 0],
      ["SELECT", 1],
      ["INSERT", 3],
    ]);
    expect([...results[1]!]).toEqual([{ a: 1 }]);
    expect(result.command).toBeUndefined();
  });

  test("keeps the first error and reads on until the server is ready", () => {
    const { answer } = read(Buffer.concat([error("23505"), error("25P02"), READY]), [30]);
    expect(answer.error).toMatchObject({ code: "23505", constraint_name: "rule" });
  });

  test("gives a column of any name as a plain property", () => {
    const odd = [columns(["__proto__", 25], ["a", 23]), row("x", "1"), complete("SELECT 1"), READY];
    const [first] = read(Buffer.concat(odd)).answer.result;
    expect(Object.entries(first!)).toEqual([
      ["__proto__", "x"],
      ["a", 1],
    ]);
    expect(Object.getPrototypeOf(first)).toBe(Object.prototype);
  });

  test("that asks for rows to copy is told that there are none", () => {
    const { answer, wire } = read(Buffer.concat([message("G", Buffer.alloc(3)), READY]));
    expect(answer.copies).toBe(true);
    expect(wire.written).toEqual(["?", COPY_FAIL.toString("latin1")]);
  });
});

describe("an answer that does not fit", () => {
  const fits = (statements: number | undefined, ...messages: Buffer[]) => {
    const { wire, line } = open();
    const { answer, ends } = ask(line, "a statement", "objects", statements);
    wire.arrive(Buffer.concat([...messages, READY]));
    expect(ends).toEqual([true]);
    return !answer.misfits;
  };
  const parsed = message("1");
  const done = complete("INSERT 0 1");

  test("completes nothing", () => {
    expect(fits(1)).toBe(false);
    expect(fits(undefined)).toBe(false);
    expect(fits(1, parsed, message("2"), columns(["a", 23]), row("1"))).toBe(false);
    expect(fits(1, message("N", "SNOTICE\0Cxx\0\0"))).toBe(false);
  });

  test("completes more or less than was sent", () => {
    expect(fits(2, parsed, complete("BEGIN"))).toBe(false);
    expect(fits(1, parsed, done, parsed, done)).toBe(false);
    expect(fits(1, done)).toBe(false);
  });

  test("is none that did what was asked, or failed", () => {
    expect(fits(1, parsed, done)).toBe(true);
    expect(fits(2, parsed, complete("BEGIN"), parsed, done)).toBe(true);
    expect(fits(1, parsed, message("I"))).toBe(true);
    expect(fits(1, parsed, message("s"))).toBe(true);
    expect(fits(1, error("22012"))).toBe(true);
    expect(fits(2, parsed, complete("BEGIN"), error("22012"))).toBe(true);
    expect(fits(undefined, message("I"))).toBe(true);
    expect(fits(undefined, done, done, done)).toBe(true);
  });
});

describe("a line", () => {
  const notify = message("A", int32(7), "channel\0payload\0");
  const done = Buffer.concat([complete("SELECT 0"), READY]);

  test("stops an answer where the server is ready: a fatal end behind it is the driver's", () => {
    const { wire, line, driver } = open();
    const { answer, ends } = ask(line);
    wire.arrive(Buffer.concat([done, error("57P01")]));
    expect(ends).toEqual([true]);
    expect(answer.error).toBeUndefined();
    expect(driver).toEqual([error("57P01")]);
  });

  test("never hands on half a message, however answers and notifications are cut", () => {
    const bytes = Buffer.concat([notify, done, notify, notify, done, notify]);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (cuts) => {
        const { wire, line, driver } = open();
        line.lend();
        const asked = [ask(line)];
        for (const piece of cut(bytes, cuts)) {
          wire.arrive(piece);
          if (asked.length === 1 && asked[0]!.ends.length > 0) asked.push(ask(line));
        }
        const types: string[] = [];
        for (const got of driver) {
          let at = 0;
          for (; at < got.length; at = messageEnd(got, at))
            types.push(String.fromCharCode(got[at]!));
          expect(at).toBe(got.length);
        }
        expect(types.filter((type) => type === "A")).toHaveLength(4);
      }),
    );
  });

  test("ends what waits when the connection ends, once", () => {
    const { line } = open();
    const { ends } = ask(line);
    line.end();
    line.end();
    expect(ends).toEqual([false]);
  });

  test("says so when an answer comes that nobody asked for", () => {
    for (const unasked of [READY, done, row("1"), message("1"), columns(["a", 23])]) {
      const { wire, driver, misfits } = open();
      wire.arrive(Buffer.concat([notify, unasked]));
      expect(misfits).toEqual(["misfit"]);
      expect(driver).toEqual([]);
    }
    const { wire, line, misfits } = open();
    const { ends } = ask(line);
    wire.arrive(Buffer.concat([done, READY]));
    expect([ends, misfits]).toEqual([[true], ["misfit"]]);
  });

  test("says so when the driver, too, gets an answer that completes nothing", () => {
    for (const messages of [[READY], [done, READY], [row("1"), READY], [message("G"), READY]]) {
      const { wire, line, misfits } = open();
      line.lend();
      wire.arrive(Buffer.concat(messages));
      expect(misfits).toEqual(["misfit"]);
    }
    const { wire, line, driver, misfits } = open();
    line.lend();
    wire.arrive(Buffer.concat([message("H"), message("d", "x"), done]));
    expect([misfits, driver.length]).toEqual([[], 1]);
  });

  test("ends the connection when what arrives cannot be a message", () => {
    for (const odd of [Buffer.from([0x44, 0xff, 0xff, 0xff, 0xff, 0]), row("of no columns")]) {
      const { wire, line, misfits } = open();
      ask(line);
      wire.arrive(odd);
      expect([wire.destroyed, misfits]).toEqual([true, ["misfit"]]);
    }
  });
});

describe("a statement", () => {
  const framesOf = (bytes: Buffer) => {
    const frames: [type: string, body: Buffer][] = [];
    for (let at = 0; at < bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
      const end = at + 1 + bytes.readInt32BE(at + 1);
      frames.push([String.fromCharCode(bytes[at]!), bytes.subarray(at + 5, end)]);
    }
    return frames;
  };
  const boundOf = (bind: Buffer) => {
    const values: (string | null)[] = [];
    let at = 6;
    for (let left = bind.readUInt16BE(4); left > 0; left--) {
      const length = bind.readInt32BE(at);
      at += 4;
      values.push(length < 0 ? null : bind.toString("utf8", at, at + length));
      at += Math.max(0, length);
    }
    expect(bind.subarray(at)).toEqual(Buffer.alloc(2));
    return values;
  };

  test("is Parse, Bind, Describe, Execute and Sync, and carries what it was given", () => {
    const text = fc.string({ unit: "grapheme" }).filter((one) => !one.includes("\0"));
    const parameters = fc.array(fc.option(fc.string({ unit: "grapheme" })), { maxLength: 5 });
    fc.assert(
      fc.property(text, parameters, (sql, values) => {
        const frames = framesOf(encodeStatement(sql, values));
        expect(frames.map(([type]) => type).join("")).toBe("PBDES");
        expect(String(frames[0]?.[1])).toBe(`\0${sql}\0\0\0`);
        expect(boundOf(frames[1]![1])).toEqual(values);
      }),
    );
    const [[type, body] = []] = framesOf(encodeScript("select 'ü'"));
    expect([type, String(body)]).toEqual(["Q", "select 'ü'\0"]);
  });

  test("with a NUL character or too many parameters is refused", () => {
    expect(() => encodeStatement("select '\0'", [])).toThrow(/NUL/);
    expect(() => encodeScript("select '\0'")).toThrow(/NUL/);
    expect(() => encodeStatement("select 1", Array(65_536).fill("1"))).toThrow(/65535/);
  });
});
