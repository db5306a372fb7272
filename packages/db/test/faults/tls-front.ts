import net from "node:net";
import tls from "node:tls";
import type { Certificate } from "./certificate.ts";

/** Speaks TLS in front of a server that does not, as a hosted database does. */
export interface TlsFront {
  port: number;
  /** Connections that got through the handshake. */
  secured: number;
  close(): Promise<void>;
}

export async function startTlsFront(
  targetPort: number,
  certificate: Certificate,
): Promise<TlsFront> {
  const sockets = new Set<net.Socket>();
  const front: TlsFront = {
    port: 0,
    secured: 0,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const keep = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };
  const server = net.createServer((plain) => {
    keep(plain).once("data", () => {
      plain.write("S");
      const secure = new tls.TLSSocket(plain, { isServer: true, ...certificate });
      secure.on("error", () => plain.destroy());
      secure.once("secure", () => {
        front.secured++;
        const upstream = keep(net.connect(targetPort, "127.0.0.1"));
        secure.pipe(upstream).pipe(secure);
        secure.on("close", () => upstream.destroy());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  front.port = (server.address() as net.AddressInfo).port;
  return front;
}
