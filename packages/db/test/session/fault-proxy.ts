import net from "node:net";

/** A TCP proxy on loopback that can stop, cut and count what passes. */
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
  /** Passes answers on byte by byte, one a turn of the event loop. */
  drip: boolean;
  /** Called with each new client, which gets no further until it is done. */
  admit: ((client: net.Socket) => Promise<void>) | undefined;
  /** Called with each chunk of a client after its login; false drops it. */
  onRequest: ((chunk: Buffer) => boolean) | undefined;
  /** What becomes of each chunk of a client after its login. */
  rewrite: ((chunk: Buffer) => Buffer) | undefined;
  /** Called with each chunk of the server; false drops it. */
  onAnswer: ((chunk: Buffer) => boolean) | undefined;
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
    let dripping = Promise.resolve();
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
      const { passes, reset } = withinLimit(chunk);
      lostAnswer = passes.length < chunk.length;
      if (proxy.drip) {
        dripping = dripping.then(() => dripInto(client, passes));
        return;
      }
      // A reset throws away what is still on its way, so the reset waits for the bytes to leave.
      client.write(passes, () => reset && setImmediate(() => client.resetAndDestroy()));
    });
    client.on("close", () => {
      upstream.destroy();
      pairs.delete(pair);
    });
    upstream.on("close", () => {
      void dripping.then(() => client.end());
    });
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

async function dripInto(client: net.Socket, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    if (client.destroyed) return;
    client.write(Buffer.of(byte));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
