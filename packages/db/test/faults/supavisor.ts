import net from "node:net";
import {
  CANCEL_REQUEST,
  fatal,
  message,
  MessageReader,
  type Message,
  PROTOCOL_3,
  readyForQuery,
  ScramServer,
  SSL_REQUEST,
  startupParameters,
  untyped,
} from "./protocol.ts";
import { type Moment, SUPAVISOR_ERRORS, type SupavisorErrorName } from "./supavisor-errors.ts";

/** What the pooler does wrong until told otherwise; "close" hangs up without a word. */
export interface SupavisorFault {
  moment: Exclude<Moment, "idle">;
  say: SupavisorErrorName | "close";
}

export interface Supavisor {
  port: number;
  fault: SupavisorFault | undefined;
  /** Refuses whoever does not ask for TLS first. */
  sslRequired: boolean;
  /** Requests sent while an earlier one of the same connection had no answer: the hazard. */
  hazards: string[];
  /** Logins tried so far, wrong ones included. */
  logins: number;
  /** Names of the start-up parameters that were dropped, as this pooler drops all it does not know. */
  dropped: Set<string>;
  /** Statements prepared under a name so far. */
  named: number;
  cancels: number;
  /** Clients connected at the moment. */
  readonly clients: number;
  url(parts?: { user?: string; password?: string }): string;
  /** Says this to every client that waits for nothing, and hangs up. */
  tellIdle(say: SupavisorErrorName | "close"): void;
  /** Time passes: the breaker closes again. */
  closeBreaker(): void;
  close(): Promise<void>;
}

const TENANT = "tenant";
const PASSWORD = "correct horse";
const STARTUP_BYTES_MAX = 1_024;
const FAILURES_MAX = 10;
const KNOWN_PARAMETERS = new Set([
  "user",
  "database",
  "application_name",
  "options",
  "search_path",
]);
/** Messages after which the server owes a ReadyForQuery. */
const REQUESTS = new Set(["Q", "S", "F"]);

interface Backend {
  socket: net.Socket;
  pid: number;
  secret: number;
  client: Client | undefined;
}

interface Client {
  socket: net.Socket;
  key: number;
  ready: boolean;
  unanswered: number;
  backend: Backend | undefined;
  /** Sent before a backend was free. */
  held: Buffer[];
  asking: boolean;
}

/**
 * Supavisor in transaction mode, as far as a client can see it, in front of a real server whose
 * login needs no password. It gives a backend back at the first ReadyForQuery outside a
 * transaction, as older versions do: a client with two unanswered requests gets the answer to one
 * of them at most, and whoever is next gets the other.
 */
export async function startSupavisor(
  target: { port: number; user: string; database?: string },
  poolSize = 3,
): Promise<Supavisor> {
  const { database = "postgres" } = target;
  const clients = new Map<number, Client>();
  const sockets = new Set<net.Socket>();
  const idle: Backend[] = [];
  const waiting: ((backend: Backend) => void)[] = [];
  let backends = 0;
  let keys = 0;
  let failures = 0;

  const pooler = {
    port: 0,
    fault: undefined,
    sslRequired: false,
    hazards: [],
    logins: 0,
    dropped: new Set(),
    named: 0,
    cancels: 0,
    get clients() {
      return clients.size;
    },
    url: ({ user = `app.${TENANT}`, password = PASSWORD } = {}) =>
      `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${pooler.port}/${database}?sslmode=disable`,
    tellIdle(say) {
      for (const client of clients.values()) {
        if (client.unanswered === 0 && !client.backend) hangUp(client.socket, say);
      }
    },
    closeBreaker() {
      failures = 0;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  } as Supavisor;

  function keep(socket: net.Socket): net.Socket {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    return socket;
  }

  function hangUp(socket: net.Socket, say: SupavisorErrorName | "close"): void {
    if (say === "close") socket.end();
    else socket.end(fatal(SUPAVISOR_ERRORS[say].sqlstate, SUPAVISOR_ERRORS[say].message));
  }

  const faultAt = (moment: Moment): SupavisorErrorName | "close" | undefined =>
    pooler.fault?.moment === moment ? pooler.fault.say : undefined;

  function connectBackend(): void {
    backends++;
    const socket = keep(net.connect(target.port, "127.0.0.1"));
    const backend: Backend = { socket, pid: 0, secret: 0, client: undefined };
    const reader = new MessageReader();
    let loggedIn = false;
    socket.on("connect", () => {
      const words = ["user", target.user, "database", database, "application_name", "Supavisor"];
      socket.write(untyped(PROTOCOL_3, `${words.join("\0")}\0\0`));
    });
    socket.on("data", (chunk: Buffer) => {
      for (const part of reader.push(chunk)) {
        if (part.type === "K") {
          backend.pid = part.body.readInt32BE(0);
          backend.secret = part.body.readInt32BE(4);
        }
        if (loggedIn) answered(backend, part);
        else if (part.type === "Z") {
          loggedIn = true;
          giveBack(backend);
        }
      }
    });
    socket.on("close", () => {
      backends--;
      const at = idle.indexOf(backend);
      if (at >= 0) idle.splice(at, 1);
      backend.client?.socket.end();
      if (waiting.length > 0) connectBackend();
    });
  }

  function giveBack(backend: Backend): void {
    backend.client = undefined;
    const next = waiting.shift();
    if (next) next(backend);
    else idle.push(backend);
  }

  /** Passes one message of the server on to whoever holds the backend now. */
  function answered(backend: Backend, part: Message): void {
    const { client } = backend;
    if (!client) return;
    const say = faultAt("running");
    if (say) {
      backend.client = undefined;
      client.backend = undefined;
      backend.socket.destroy();
      hangUp(client.socket, say);
      return;
    }
    client.socket.write(part.raw);
    if (part.type !== "Z") return;
    client.unanswered--;
    if (part.body.toString() === "I") {
      client.backend = undefined;
      giveBack(backend);
      if (client.held.length > 0) checkOut(client);
    }
  }

  function checkOut(client: Client): void {
    const say = faultAt("checkout");
    if (say) {
      hangUp(client.socket, say);
      return;
    }
    client.asking = true;
    const take = (backend: Backend) => {
      client.asking = false;
      if (client.socket.destroyed) {
        giveBack(backend);
        return;
      }
      client.backend = backend;
      backend.client = client;
      for (const raw of client.held.splice(0)) backend.socket.write(raw);
    };
    const free = idle.shift();
    if (free) take(free);
    else {
      waiting.push(take);
      if (backends < poolSize) connectBackend();
    }
  }

  function request(client: Client, part: Message): void {
    if (part.type === "X") {
      client.socket.end();
      return;
    }
    const text = part.body.toString("utf8");
    if (part.type === "P" && part.body[0] !== 0) pooler.named++;
    if (part.type === "Q" && /^\s*(prepare|execute|deallocate)\b/i.test(text)) {
      hangUp(client.socket, "EPSSIMPLEQUERY");
      return;
    }
    if (REQUESTS.has(part.type)) {
      if (client.unanswered > 0) pooler.hazards.push(`${part.type} ${text}`);
      client.unanswered++;
    }
    if (client.backend) client.backend.socket.write(part.raw);
    else {
      client.held.push(part.raw);
      if (!client.asking) checkOut(client);
    }
  }

  function welcome(client: Client): void {
    client.ready = true;
    clients.set(client.key, client);
    client.socket.on("close", () => {
      clients.delete(client.key);
      // A backend left in the middle of something is of no use to anybody else.
      client.backend?.socket.destroy();
    });
    client.socket.write(
      Buffer.concat([
        message("R", 0),
        message("S", "server_version\x0018.0\0"),
        message("S", "client_encoding\0UTF8\0"),
        message("K", client.key, client.key),
        readyForQuery("I"),
      ]),
    );
  }

  function cancel(key: number): void {
    pooler.cancels++;
    const backend = clients.get(key)?.backend;
    if (!backend) return;
    const body = Buffer.alloc(8);
    body.writeInt32BE(backend.pid, 0);
    body.writeInt32BE(backend.secret, 4);
    const socket = keep(net.connect(target.port, "127.0.0.1"));
    socket.on("connect", () => socket.end(untyped(CANCEL_REQUEST, body)));
  }

  /** Reads the start-up; answers the reason to refuse it, if there is one. */
  function refusal(packet: Buffer, wantsTls: boolean): SupavisorErrorName | "close" | undefined {
    if (packet.length > STARTUP_BYTES_MAX) return "ESTARTUPPACKETTOOLARGE";
    const parameters = startupParameters(packet.subarray(8));
    for (const name of parameters.keys()) {
      if (!KNOWN_PARAMETERS.has(name)) pooler.dropped.add(name);
    }
    const user = parameters.get("user") ?? "";
    const at = user.lastIndexOf(".");
    if (at < 0) return "ENOIDENTIFIER";
    if (user.slice(at + 1) !== TENANT) return "ENOTFOUND";
    if (pooler.sslRequired && !wantsTls) return "ESSLREQUIRED";
    if (failures >= FAILURES_MAX) return "ECIRCUITBREAKER";
    return faultAt("login");
  }

  const server = net.createServer((socket) => {
    keep(socket);
    const key = ++keys;
    const client: Client = {
      socket,
      key,
      ready: false,
      unanswered: 0,
      backend: undefined,
      held: [],
      asking: false,
    };
    const reader = new MessageReader();
    const scram = new ScramServer(PASSWORD);
    let started = false;
    let challenged = false;
    let wantsTls = false;
    let early: Buffer = Buffer.alloc(0);

    const start = (chunk: Buffer) => {
      early = Buffer.concat([early, chunk]);
      if (early.length < 8 || early.length < early.readInt32BE(0)) return;
      const packet = early;
      early = Buffer.alloc(0);
      const code = packet.readInt32BE(4);
      if (code === SSL_REQUEST) {
        wantsTls = true;
        socket.write("N");
      } else if (code === CANCEL_REQUEST) {
        cancel(packet.readInt32BE(8));
        socket.end();
      } else {
        started = true;
        pooler.logins++;
        const reason = refusal(packet, wantsTls);
        if (reason) hangUp(socket, reason);
        else socket.write(message("R", 10, "SCRAM-SHA-256\0\0"));
      }
    };

    const login = (part: Message) => {
      if (part.type !== "p") return;
      if (!challenged) {
        challenged = true;
        const initial = part.body.subarray(part.body.indexOf(0) + 5).toString("utf8");
        socket.write(message("R", 11, scram.challenge(initial)));
        return;
      }
      const signature = scram.verify(part.body.toString("utf8"));
      if (signature === undefined) {
        failures++;
        hangUp(socket, "wrong password");
        return;
      }
      socket.write(message("R", 12, signature));
      welcome(client);
    };

    socket.on("data", (chunk: Buffer) => {
      if (!started) {
        start(chunk);
        return;
      }
      for (const part of reader.push(chunk)) {
        if (client.ready) request(client, part);
        else login(part);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  pooler.port = (server.address() as net.AddressInfo).port;
  return pooler;
}
