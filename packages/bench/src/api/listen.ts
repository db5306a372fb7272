import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";

/** Streams of one address, held open together for so long. */
export interface Listening {
  url: string;
  headers: Record<string, string>;
  streams: number;
  ms: number;
}

/** What the streams heard. */
export interface Heard {
  /** Those that heard something. */
  heard: number;
  /** Events of all together a second. */
  perSecond: number;
  /** Milliseconds from the first to the last stream that heard the same event, one for each that all heard. */
  spreads: number[];
}

/**
 * Holds event streams open, and says when each of them heard of the same event.
 * @throws Error when one is refused
 */
export async function listen({ url, headers, streams, ms }: Listening): Promise<Heard> {
  const heardAt = new Map<string, number[]>();
  const heard = new Set<number>();
  let events = 0;
  let isListening = false;
  const hear = (stream: number, ids: string[]): void => {
    for (const id of ids) {
      if (!isListening) continue;
      events++;
      heard.add(stream);
      heardAt.set(id, [...(heardAt.get(id) ?? []), performance.now()]);
    }
  };
  const open = async (stream: number): Promise<IncomingMessage> => {
    const request = get(url, {
      headers: { accept: "text/event-stream", ...headers },
      agent: false,
    });
    const [answer] = (await once(request, "response")) as [IncomingMessage];
    if (answer.statusCode !== 200) throw new Error(`A stream was refused: ${answer.statusCode}`);
    const read = readIds();
    answer.setEncoding("utf8").on("data", (part: string) => hear(stream, read(part)));
    return answer;
  };
  const answers: IncomingMessage[] = [];
  for (let stream = 0; stream < streams; stream++) answers.push(await open(stream));
  isListening = true;
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (const answer of answers) answer.destroy();
  const spreads = [...heardAt.values()]
    .filter((times) => times.length === streams)
    .map((times) => Math.max(...times) - Math.min(...times));
  return { heard: heard.size, perSecond: events / (ms / 1000), spreads };
}

/** Reads a stream piece by piece, and gives the ids of the events that each piece completes. */
export function readIds(): (part: string) => string[] {
  let rest = "";
  return (part) => {
    const text = rest + part;
    const end = text.lastIndexOf("\n") + 1;
    rest = text.slice(end);
    return Array.from(text.slice(0, end).matchAll(/^id: ?(.+)$/gm), ([, id = ""]) => id);
  };
}
