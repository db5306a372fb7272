import type { LookupFunction, Socket } from "node:net";
import { createSecureContext, type SecureContext, type TLSSocket } from "node:tls";
import type { buildConnector } from "undici";
import type { SiteAllowList } from "./allow.ts";
import { isPublicAddress, literalOf } from "./address.ts";
import { openSocket, type SocketOptions } from "./open-socket.ts";
import { openTunnel, type OutboundProxy, ProxyRefusal } from "./proxy.ts";
import { resolveHost, type Resolver } from "./resolve.ts";

/** A connection that was refused before or at the handshake; `code` is a scrape code. */
export class GuardError extends Error {
  readonly code: "blocked_address" | "dns_not_found" | "dns_error" | "connect_refused";

  constructor(code: GuardError["code"], detail: string) {
    super(detail);
    this.name = "GuardError";
    this.code = code;
  }
}

const secureContexts = new Map<string | undefined, SecureContext>();

/** Reading the authorities takes a millisecond, so each set of them is read once and not per connection. */
function secureContextFor(ca: string | undefined): SecureContext {
  let context = secureContexts.get(ca);
  if (context === undefined) {
    context = createSecureContext(ca === undefined ? {} : { ca });
    secureContexts.set(ca, context);
  }
  return context;
}

/** What a connection revealed. */
export interface Peer {
  address: string | null;
  tls: { issuer: string | null; version: string | null; expiresAt: string | null } | null;
}

export interface Guard {
  connect: buildConnector.connector;
  /** The public addresses of a name, or the one that the allow-list says; none where it cannot be connected to. */
  addressesOf(host: string): Promise<string[]>;
  /** The last connection made to a host and port. */
  peerOf(host: string, port: string): Peer | undefined;
}

/**
 * The only way to the network. Every connection, redirects included, passes here: names are resolved by us, all their
 * addresses must be public, and the connection goes to exactly the addresses that were checked (so a second DNS answer
 * changes nothing); literals, which never reach a lookup hook, are checked as well.
 */
export function createGuard(options: {
  allow: SiteAllowList | undefined;
  resolver: Resolver;
  connectMs: number;
  /** Connections to places of the allow-list do not go through it. */
  proxy?: OutboundProxy | undefined;
}): Guard {
  const { allow, resolver, connectMs, proxy } = options;
  const peers = new Map<string, Peer>();
  /** Addresses of names that were looked up and checked, once in the life of a guard: nothing else is connected to. */
  const known = new Map<string, { address: string; family: 4 | 6 }[]>();
  const lookup: LookupFunction = (host, wish, answer) => {
    const addresses = known.get(host) ?? [];
    const [first] = addresses;
    if (wish.all) answer(null, addresses);
    else answer(null, first?.address ?? "", first?.family);
  };
  const opening: SocketOptions = {
    connectMs,
    secureContext: secureContextFor(allow?.ca),
    ...(allow === undefined ? { lookup } : {}),
  };

  const connect: buildConnector.connector = (target, callback) => {
    const secure = target.protocol === "https:";
    const port = target.port || (secure ? "443" : "80");
    const done = (error: Error | null, socket: Socket | null) => {
      if (socket === null) {
        callback(error ?? new Error("no connection"), null);
        return;
      }
      peers.set(`${target.hostname}:${port}`, describe(socket, secure));
      callback(null, socket);
    };
    locate(target.hostname, secure).then(
      (place) => {
        const servername = literalOf(target.hostname) === undefined ? target.hostname : "";
        if ("fixed" in place) {
          openSocket({ ...place.fixed, secure, servername }, opening, done);
          return;
        }
        const { addresses } = place;
        if (proxy !== undefined) {
          const { hostname } = target;
          tunnelled(proxy, addresses, { hostname, port, secure, servername }, callback);
          return;
        }
        const host = literalOf(target.hostname) ?? target.hostname;
        openSocket({ host, port, secure, servername }, opening, done);
      },
      (error: Error) => done(error, null),
    );
  };

  /** Through the proxy to the first of the addresses: with more than one it would have to be asked again and again. */
  const tunnelled = (
    through: OutboundProxy,
    [first]: { address: string }[],
    target: { hostname: string; port: string; secure: boolean; servername: string },
    callback: buildConnector.Callback,
  ): void => {
    const address = first?.address ?? "";
    const { hostname: host, port, secure, servername } = target;
    const done = (socket: Socket | TLSSocket) => {
      peers.set(`${host}:${port}`, { ...describe(socket, secure), address });
      callback(null, socket);
    };
    openTunnel(through, { address, port }, connectMs).then(
      (below) => {
        if (!secure) {
          done(below);
          return;
        }
        openSocket({ host, port, secure, servername, below }, opening, (error, socket) => {
          if (socket !== null) done(socket);
          else callback(error ?? new Error("no connection"), null);
        });
      },
      (error: Error) =>
        callback(
          error instanceof ProxyRefusal ? new GuardError("connect_refused", error.message) : error,
          null,
        ),
    );
  };

  type Place =
    | { fixed: { host: string; port: string } }
    | { addresses: { address: string; family: 4 | 6 }[] };

  const locate = async (hostname: string, secure: boolean): Promise<Place> => {
    const literal = literalOf(hostname);
    if (literal !== undefined) {
      // an allow-list holds names only, so a literal is judged the same with and without one
      if (!isPublicAddress(literal)) throw new GuardError("blocked_address", literal);
      return { addresses: [{ address: literal, family: literal.includes(":") ? 6 : 4 }] };
    }
    if (allow !== undefined) {
      const entry = Object.hasOwn(allow.hosts, hostname) ? allow.hosts[hostname] : undefined;
      if (entry === undefined) throw new GuardError("dns_not_found", "");
      const place = secure ? entry.https : entry.http;
      if (place === undefined) throw new GuardError("connect_refused", hostname);
      const colon = place.lastIndexOf(":");
      return { fixed: { host: place.slice(0, colon), port: place.slice(colon + 1) } };
    }
    const before = known.get(hostname);
    if (before !== undefined) return { addresses: before };
    const resolution = await resolveHost(hostname, resolver);
    if (!resolution.ok) throw new GuardError(resolution.code, resolution.detail);
    const hidden = resolution.addresses.find(({ address }) => !isPublicAddress(address));
    if (hidden !== undefined) throw new GuardError("blocked_address", hidden.address);
    known.set(hostname, resolution.addresses);
    return { addresses: resolution.addresses };
  };

  return {
    connect,
    peerOf: (host, port) => peers.get(`${host}:${port}`),
    addressesOf: async (host) => {
      if (allow !== undefined && literalOf(host) === undefined) {
        const entry = Object.hasOwn(allow.hosts, host) ? allow.hosts[host] : undefined;
        return entry?.address === undefined ? [] : [entry.address];
      }
      return locate(host, true).then(
        (place) => ("fixed" in place ? [] : place.addresses.map(({ address }) => address)),
        () => [],
      );
    },
  };
}

function describe(socket: Socket | TLSSocket, secure: boolean): Peer {
  const address = socket.remoteAddress ?? null;
  if (!secure) return { address, tls: null };
  const tls = socket as TLSSocket;
  const certificate = tls.getPeerCertificate();
  const issuer = certificate.issuer as
    | { O?: string | string[]; CN?: string | string[] }
    | undefined;
  const name = issuer?.O ?? issuer?.CN ?? null;
  const expiry = Date.parse(certificate.valid_to ?? "");
  return {
    address,
    tls: {
      issuer: Array.isArray(name) ? (name[0] ?? null) : name,
      version: tls.getProtocol(),
      expiresAt: Number.isNaN(expiry) ? null : new Date(expiry).toISOString(),
    },
  };
}
