import { connect, isIPv6, type Socket } from "node:net";

/** An HTTP proxy that all connections to sites go through. */
export interface OutboundProxy {
  host: string;
  port: number;
  /** Of `Proxy-Authorization`; undefined where the proxy asks for none. */
  authorization: string | undefined;
}

const HEAD_BYTES_MAX = 16_384;
const DEFAULT_PORT = 80;

/** @throws Error that says what is wrong, without the address: it may hold a password */
export function readProxy(address: string): OutboundProxy {
  const url = URL.parse(address);
  if (url === null || url.protocol !== "http:" || url.hostname === "")
    throw new Error(
      "the outbound proxy has to be http://host:port or http://user:password@host:port",
    );
  const { username, password } = url;
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? DEFAULT_PORT : Number(url.port),
    authorization:
      username === "" && password === ""
        ? undefined
        : `Basic ${Buffer.from(user).toString("base64")}`,
  };
}

/** The proxy opened no way; `refused` is its status, 0 where it said nothing that is one. */
export class ProxyRefusal extends Error {
  readonly refused: number;

  constructor(refused: number) {
    super(`outbound proxy: ${refused === 0 ? "no answer that can be read" : refused}`);
    this.name = "ProxyRefusal";
    this.refused = refused;
  }
}

/**
 * A connection through the proxy to an address that was checked. The proxy is told the address and never the name: it would look
 * the name up for itself, and might be led elsewhere.
 */
export function openTunnel(
  proxy: OutboundProxy,
  to: { address: string; port: string },
  connectMs: number,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const place = `${isIPv6(to.address) ? `[${to.address}]` : to.address}:${to.port}`;
    const socket = connect({ host: proxy.host, port: proxy.port });
    const chunks: Buffer[] = [];
    const fail = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => {
      fail(Object.assign(new Error("outbound proxy"), { code: "ETIMEDOUT" }));
    }, connectMs);
    const onEnd = () => fail(new ProxyRefusal(0));
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      const head = Buffer.concat(chunks);
      const end = head.indexOf("\r\n\r\n");
      if (end === -1) {
        if (head.length > HEAD_BYTES_MAX) fail(new ProxyRefusal(0));
        return;
      }
      const [, status = "0"] = /^HTTP\/1\.[01] (\d{3})/.exec(head.toString("latin1", 0, 20)) ?? [];
      if (!status.startsWith("2")) {
        fail(new ProxyRefusal(Number(status)));
        return;
      }
      clearTimeout(timer);
      socket.pause();
      socket.off("data", onData).off("end", onEnd).off("error", fail);
      const rest = head.subarray(end + 4);
      if (rest.length > 0) socket.unshift(rest);
      resolve(socket);
    };
    socket.setNoDelay(true);
    socket.on("data", onData).on("end", onEnd).on("error", fail);
    socket.write(
      [
        `CONNECT ${place} HTTP/1.1`,
        `Host: ${place}`,
        ...(proxy.authorization === undefined
          ? []
          : [`Proxy-Authorization: ${proxy.authorization}`]),
        "",
        "",
      ].join("\r\n"),
    );
  });
}
