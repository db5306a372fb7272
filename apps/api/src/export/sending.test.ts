import { EventEmitter, once } from "node:events";
import { expect, test } from "vitest";
import { type Ending, Sending } from "./sending.ts";

class Answer extends EventEmitter {
  writableFinished = false;
  destroy(): void {
    this.emit("close");
  }
}

const NEVER_MS = 3_600_000;

function sendingOf() {
  const endings: Ending[] = [];
  const sending = new Sending((ending) => endings.push(ending));
  return { sending, endings, answer: new Answer() };
}

async function* piecesOf(...pieces: (string | Error)[]) {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece;
    yield await Promise.resolve(piece);
  }
}

async function drain(pieces: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece.toString();
  return text;
}

test("is whole when all was written and the connection took the last byte", async () => {
  const { sending, endings, answer } = sendingOf();
  sending.follow(answer, NEVER_MS);
  expect(await drain(sending.countBytes(piecesOf("a", "ü")))).toBe("aü");
  answer.writableFinished = true;
  answer.emit("close");
  expect(endings).toEqual(["finish"]);
  expect(sending.sent).toEqual({ rows: 0, bytes: 3, cut: 0 });
});

test.each([
  ["the last byte is not", false],
  ["something is left to be written", true],
])("is given up when the connection closes while %s", async (_, writableFinished) => {
  const { sending, endings, answer } = sendingOf();
  sending.follow(answer, NEVER_MS);
  const pieces = sending.countBytes(piecesOf("a", "b"));
  await pieces.next();
  if (!writableFinished) await drain(pieces);
  answer.writableFinished = writableFinished;
  answer.emit("close");
  expect(endings).toEqual(["abandon"]);
  expect(sending.signal.aborted).toBe(true);
});

test("a fault breaks the connection off and is kept", async () => {
  const { sending, endings, answer } = sendingOf();
  sending.follow(answer, NEVER_MS);
  const fault = new Error("away");
  expect(await drain(sending.countBytes(piecesOf("a", fault, "b")))).toBe("a");
  expect(endings).toEqual(["fail"]);
  expect(sending.fault).toBe(fault);
});

test("a reader that takes nothing is taken for gone", async () => {
  const { sending, endings, answer } = sendingOf();
  sending.follow(answer, 1);
  await once(answer, "close");
  expect(endings).toEqual(["abandon"]);
});
