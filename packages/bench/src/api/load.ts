import { Client } from "undici";

/** Requests to one server, each connection of which has one under way, for so long. */
export interface Load {
  origin: string;
  path: string;
  headers: Record<string, string>;
  connections: number;
  ms: number;
}

export interface Answers {
  perSecond: number;
  /** Milliseconds from the first byte sent to the last one read, in their order. */
  times: number[];
}

/**
 * Asks as fast as it is answered.
 * @throws Error at the first answer that is not 200
 */
export async function load({ origin, path, headers, connections, ms }: Load): Promise<Answers> {
  const times: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + ms;
  const ask = async (): Promise<void> => {
    const client = new Client(origin, { pipelining: 1 });
    try {
      for (let now = performance.now(); now < until;) {
        const { statusCode, body } = await client.request({ path, method: "GET", headers });
        const text = await body.text();
        if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${text}`);
        const answeredAt = performance.now();
        times.push(answeredAt - now);
        now = answeredAt;
      }
    } finally {
      await client.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  const seconds = (performance.now() - startedAt) / 1000;
  return { perSecond: times.length / seconds, times };
}
