import { EventEmitter } from "node:events";
import type { Answer } from "./judge-answer.ts";

/** What an export writes its answer to, as Node gives it. */
export class Outgoing extends EventEmitter {
  writableFinished = false;
  destroyed = false;
  destroy(): void {
    this.destroyed = true;
    this.emit("close");
  }
}

/** Of a stream of events so many are read: it has no end. */
const EVENTS_READ = 2;

/** Reads an answer to its end, and closes its connection. */
export async function readAnswer(response: Response, outgoing: Outgoing): Promise<Answer> {
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  const text = isStream ? await readEvents(response) : await response.text();
  outgoing.writableFinished = true;
  outgoing.destroy();
  return { status: response.status, text };
}

async function readEvents({ body }: Response): Promise<string> {
  if (body === null) return "";
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (text.split("data:").length <= EVENTS_READ) {
    const { done, value } = await reader.read();
    if (done) break;
    text += value;
  }
  await reader.cancel();
  return text;
}
