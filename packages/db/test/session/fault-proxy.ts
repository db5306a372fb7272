import net from "node:net";

/** A TCP proxy on loopback that can stop, cut and count what passes; whatever passes keeps its order. */
export interface FaultProxy {
  port: number;
  /** Where new connections lead. */
  targetPort: number;
  /** Client writes since the last reset, the login left out. */
  flights: number;
  /** Connections accepted so far. */
  accepted: number;
  /** Swallows everything from the server from now on; the client sees silence. */
  blackHole: boolean;
  /** Accepts and says nothing, never reaching the server. */
  silent: boolean;
  /** Accepts and closes at once. */
  hangUp: boolean;
  /** Passes answers on byte by byte, one a turn of the event loop, until this is false again. */
  drip: boolean;
  /** Called with each new client, which gets no further until it is done. */
  admit: ((client: net.Socket) => Promise<void>) | undefined;
  /** Called with each chunk of a client after its login; false drops it. */
  onRequest: ((chunk: Buffer) => boolean) | undefined;
  /** What becomes of each chunk of a client after its login. */
  rewrite: ((chunk: Buffer) => Buffer) | undefined;
  /** Called with each chunk of the server; false drops it. */
  onAnswer: ((chunk: Buffer) => boolean) | undefined;
  /** What becomes of each chunk of the server. */
  rewriteAnswer: ((chunk: Buffer) => Buffer) | undefined;
  /** Passes that many bytes of answers on, then resets the connection or says nothing more. */
  limit: { bytes: number; after: "reset" | "silence" } | undefined;
  /** Lets the connections of now fall silent; later ones work. */
  freeze(): void;
  /** Resets every connection. */
  cut(): void;
  close(): Promise<void>;
}

export async function startFaultProxy(
  targetPort: number,
  listen: { host?: string; port?: number } = {},
): Promise<FaultProxy> {
  const pairs = new Set<[net.Socket, net.Socket | undefined]>();
  const proxy = {
    port: 0,
    targetPort,
    flights: 0,
    accepted: 0,
    blackHole: false,
    silent: false,
    hangUp: false,
    drip: false,
    admit: undefined,
    onRequest: undefined,
    rewrite: undefined,
    onAnswer: undefined,
    rewriteAnswer: undefined,
    limit: undefined,
  } as FaultProxy;

  /** What of an answer passes, and whether the connection ends after it. */
  function withinLimit(chunk: Buffer): { passes: Buffer; reset: boolean } {
    const { limit } = proxy;
    if (!limit) return { passes: chunk, reset: false };
    const passes = chunk.subarray(0, limit.bytes);
    limit.bytes -= passes.length;
    return { passes, reset: limit.bytes === 0 && limit.after === "reset" };
  }

  const server = net.createServer((client) => {
    proxy.accepted++;
    client.on("error", () => {});
    if (proxy.hangUp) {
      client.resume().end();
      return;
    }
    if (proxy.silent) {
      const alone: [net.Socket, undefined] = [client, undefined];
      pairs.add(alone);
      client.on("close", () => pairs.delete(alone));
      return;
    }
    if (proxy.admit) {
      client.pause();
      void proxy.admit(client).then(() => {
        if (client.destroyed) return;
        passOn(client);
        client.resume();
      });
    } else passOn(client);
  });

  function passOn(client: net.Socket): void {
    const upstream = net.connect({ port: proxy.targetPort, host: "127.0.0.1", noDelay: true });
    client.setNoDelay(true);
    upstream.on("error", () => client.destroy());
    const pair: [net.Socket, net.Socket] = [client, upstream];
    pairs.add(pair);
    let login = true;
    // No network loses bytes in the middle of a stream: once some are gone, all later ones are.
    let lostRequest = false;
    let lostAnswer = false;
    const answers = new Lane(client, () => proxy.drip);
    client.on("data", (chunk: Buffer) => {
      if (!login) {
        proxy.flights++;
        lostRequest ||= proxy.onRequest?.(chunk) === false;
      }
      if (!lostRequest) upstream.write(login ? chunk : (proxy.rewrite?.(chunk) ?? chunk));
    });
    upstream.on("data", (chunk: Buffer) => {
      login = false;
      lostAnswer ||= proxy.blackHole || proxy.onAnswer?.(chunk) === false;
      if (lostAnswer) return;
      const whole = proxy.rewriteAnswer?.(chunk) ?? chunk;
      const { passes, reset } = withinLimit(whole);
      lostAnswer = passes.length < whole.length;
      answers.send(passes);
      if (reset) answers.afterwards(() => client.resetAndDestroy());
    });
    client.on("close", () => {
      // What the client wrote before it left still arrives.
      upstream.destroySoon();
      pairs.delete(pair);
    });
    upstream.on("close", () => answers.afterwards(() => client.end()));
  }
  await new Promise<void>((resolve) =>
    server.listen(listen.port ?? 0, listen.host ?? "127.0.0.1", resolve),
  );
  proxy.port = (server.address() as net.AddressInfo).port;
  proxy.freeze = () => {
    for (const [, upstream] of pairs) upstream?.pause();
  };
  proxy.cut = () => {
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy();
      upstream?.destroy();
    }
  };
  proxy.close = async () => {
    proxy.cut();
    await new Promise((resolve) => server.close(resolve));
  };
  return proxy;
}

/** One direction of a connection: nothing overtakes what was sent before it, however slow that is. */
class Lane {
  readonly #socket: net.Socket;
  readonly #drips: () => boolean;
  #waiting: (Buffer | (() => void))[] = [];
  #moving = false;

  constructor(socket: net.Socket, drips: () => boolean) {
    this.#socket = socket;
    this.#drips = drips;
  }

  send(bytes: Buffer): void {
    this.#add(bytes);
  }

  /** When all that was sent has left: a reset throws away what is still on its way. */
  afterwards(act: () => void): void {
    this.#add(act);
  }

  #add(next: Buffer | (() => void)): void {
    this.#waiting.push(next);
    if (!this.#moving) void this.#move();
  }

  async #move(): Promise<void> {
    this.#moving = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (typeof next === "function") {
        await new Promise((resolve) => this.#socket.write("", resolve));
        await turn();
        next();
      } else {
        let at = 0;
        for (; at < next.length && this.#drips() && !this.#socket.destroyed; at++) {
          this.#socket.write(next.subarray(at, at + 1));
          await turn();
        }
        if (at < next.length) this.#socket.write(next.subarray(at));
      }
    }
    this.#moving = false;
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
