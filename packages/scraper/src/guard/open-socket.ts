import { connect, type LookupFunction, type Socket } from "node:net";
import { connect as connectSecurely, type SecureContext } from "node:tls";

/** What all connections of a guard have in common. */
export interface SocketOptions {
  connectMs: number;
  secureContext: SecureContext;
  /** Answers with the addresses of a name that were checked; else only literals are connected to. */
  lookup?: LookupFunction;
}

export interface SocketTarget {
  host: string;
  port: string;
  secure: boolean;
  /** The name that the certificate has to hold, "" where there is none. */
  servername: string;
  /** A connection that TLS is spoken over, in place of a new one. */
  below?: Socket;
}

/** Opens a connection to HTTP/1.1, in a bounded time. */
export function openSocket(
  { host, port, secure, servername, below }: SocketTarget,
  { connectMs, secureContext, lookup }: SocketOptions,
  done: (error: Error | null, socket: Socket | null) => void,
): void {
  const place = {
    host,
    port: Number(port),
    ...(lookup === undefined ? {} : { lookup, autoSelectFamily: true }),
  };
  const socket = secure
    ? connectSecurely({
        ...place,
        ...(below === undefined ? {} : { socket: below }),
        ...(servername === "" ? {} : { servername }),
        secureContext,
        ALPNProtocols: ["http/1.1"],
      })
    : connect(place);
  let isOver = false;
  const end = (error: Error | null): void => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    if (error === null) done(null, socket);
    else done(isTimeout(error) ? timedOut() : error, null);
  };
  const timer = setTimeout(() => {
    socket.destroy();
    end(timedOut());
  }, connectMs);
  socket
    .setNoDelay(true)
    .once(secure ? "secureConnect" : "connect", () => end(null))
    // those that come later are told by its end, too
    .on("error", end);
}

const timedOut = (): Error => Object.assign(new Error("connect timeout"), { code: "ETIMEDOUT" });

/** Where several addresses were tried, one that did not answer tells more than one that refused. */
const isTimeout = (error: Error): boolean =>
  error instanceof AggregateError &&
  error.errors.some((one: { code?: unknown } | undefined) => one?.code === "ETIMEDOUT");
