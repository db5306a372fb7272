import net from "node:net";

/** A TCP proxy on loopback that can stop, cut and count what passes. */
export interface FaultProxy {
  port: number;
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
  /** Called with each chunk of the server; false drops it. */
  onAnswer: ((chunk: Buffer) => boolean) | undefined;
  /** Lets the connections of now fall silent; later ones work. */
  freeze(): void;
  /** Resets every connection. */
  cut(): void;
  close(): Promise<void>;
}

export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const pairs = new Set<[net.Socket, net.Socket | undefined]>();
  const proxy = {
    port: 0,
    flights: 0,
    accepted: 0,
    blackHole: false,
    silent: false,
    hangUp: false,
    onAnswer: undefined,
  } as FaultProxy;
  const server = net.createServer((client) => {
    proxy.accepted++;
    client.on("error", () => {});
    if (proxy.hangUp) {
      client.resume().end();
      return;
    }
    if (proxy.silent) {
      pairs.add([client, undefined]);
      return;
    }
    const upstream = net.connect({ port: targetPort, host: "127.0.0.1", noDelay: true });
    client.setNoDelay(true);
    upstream.on("error", () => client.destroy());
    const pair: [net.Socket, net.Socket] = [client, upstream];
    pairs.add(pair);
    let login = true;
    client.on("data", (chunk) => {
      if (!login) proxy.flights++;
      upstream.write(chunk);
    });
    upstream.on("data", (chunk: Buffer) => {
      login = false;
      if (proxy.blackHole || proxy.onAnswer?.(chunk) === false) return;
      client.write(chunk);
    });
    client.on("close", () => {
      upstream.destroy();
      pairs.delete(pair);
    });
    upstream.on("close", () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
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
