/** One call to the api: its answer, or an ApiError. */
export type Call = (type: "query" | "mutation", path: string, input: unknown) => Promise<unknown>;

/** What the api said instead of an answer; `data` is missing when it did not answer at all. */
export class ApiError extends Error {
  readonly data: unknown;
  constructor(message: string, data?: unknown, options?: ErrorOptions) {
    super(message, options);
    this.name = "ApiError";
    this.data = data;
  }
}

interface Waiting {
  path: string;
  input: unknown;
  resolve: (answer: unknown) => void;
  reject: (error: ApiError) => void;
}

type Envelope = { result: { data?: unknown } } | { error: { message: string; data?: unknown } };

interface CallOptions {
  url: string;
  headers: Record<string, string>;
  /** Queries asked for in one moment share a request, up to this many and this long an address. */
  itemsMax: number;
  addressLengthMax: number;
}

const settle = ({ resolve, reject }: Waiting, envelope: Envelope | undefined): void => {
  if (envelope === undefined) reject(new ApiError("The answer is not complete."));
  else if ("error" in envelope) reject(new ApiError(envelope.error.message, envelope.error.data));
  else resolve(envelope.result.data);
};

/** Sends what waits as one request, and gives every caller its own part of the answer. */
const send = async (calls: Waiting[], address: string, init: RequestInit): Promise<void> => {
  try {
    const response = await fetch(address, init);
    const body = (await response.json()) as Envelope | Envelope[];
    // A refusal of the whole request is one envelope for all.
    calls.forEach((call, at) => settle(call, Array.isArray(body) ? body[at] : body));
  } catch (cause) {
    for (const { reject } of calls)
      reject(new ApiError("The api did not answer.", undefined, { cause }));
  }
};

const addressOf = (url: string, calls: Waiting[]): string => {
  const inputs = Object.fromEntries(calls.map(({ input }, at) => [at, input]));
  const paths = calls.map(({ path }) => path).join(",");
  return `${url}/${paths}?batch=1&input=${encodeURIComponent(JSON.stringify(inputs))}`;
};

/**
 * Calls the api in tRPC's own protocol: queries by GET, those of one moment together, mutations each by POST. tRPC's client
 * does the same in ten times the script, which every page would carry; it is kept for streams, see streams.ts.
 */
export const createCall = ({ url, headers, itemsMax, addressLengthMax }: CallOptions): Call => {
  let waiting: Waiting[] = [];
  const flush = (): void => {
    let group: Waiting[] = [];
    const sendGroup = (): void => {
      if (group.length > 0) void send(group, addressOf(url, group), { headers });
      group = [];
    };
    for (const call of waiting) {
      const fits =
        group.length < itemsMax && addressOf(url, [...group, call]).length <= addressLengthMax;
      if (!fits) sendGroup();
      group.push(call);
    }
    sendGroup();
    waiting = [];
  };
  return (type, path, input) =>
    new Promise((resolve, reject) => {
      const call: Waiting = { path, input, resolve, reject };
      if (type === "mutation") {
        void send([call], `${url}/${path}`, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: JSON.stringify(input),
        });
        return;
      }
      if (waiting.length === 0) setTimeout(flush);
      waiting.push(call);
    });
};
