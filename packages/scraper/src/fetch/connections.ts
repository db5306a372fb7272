import type { Socket } from "node:net";
import type { Guard } from "../guard/connect.ts";
import { headerOf } from "./sniff.ts";
import type { HeaderMap } from "./wire.ts";

/** How long a connection rests at most where its server says nothing of it, and where it does. */
const REST_MS = 15_000;
const REST_MS_MAX = 60_000;
/** So much earlier than its server ends a connection it is no longer used. */
const MARGIN_MS = 1_000;

/** Who is spoken to over a connection. */
export interface Speaker {
  hear(chunk: Buffer): void;
  /** Nothing more will come. */
  lose(error?: Error): void;
}

/** One connection to a site; what comes while nobody speaks over it ends it. */
export class Connection {
  readonly #socket: Socket;
  #speaker: Speaker | undefined;
  #restsUntil = 0;
  /** Whether an answer came over it before. */
  wasUsed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk: Buffer) => {
      if (this.#speaker === undefined) socket.destroy();
      else this.#speaker.hear(chunk);
    });
    socket.on("end", () => this.#lost());
    socket.on("close", () => this.#lost());
    socket.on("error", (error) => this.#lost(error));
    // one that came through a proxy was held back
    socket.resume();
  }

  /** Whether it can be spoken over once more. */
  get isOpen(): boolean {
    return this.#socket.writable && performance.now() < this.#restsUntil;
  }

  ask(request: string, speaker: Speaker): void {
    this.#speaker = speaker;
    this.#socket.write(request, "latin1");
  }

  /** @param headers of the answer that came last, in which a server may say how long it waits */
  rest(headers: HeaderMap): void {
    this.#speaker = undefined;
    this.wasUsed = true;
    const said = /timeout\s*=\s*(\d{1,6})/i.exec(headerOf(headers, "keep-alive"))?.[1];
    const restMs =
      said === undefined ? REST_MS : Math.min(Number(said) * 1_000 - MARGIN_MS, REST_MS_MAX);
    this.#restsUntil = performance.now() + restMs;
  }

  end(): void {
    this.#speaker = undefined;
    this.#socket.destroy();
  }

  #lost(error?: Error): void {
    const speaker = this.#speaker;
    this.#speaker = undefined;
    if (speaker === undefined) this.#socket.destroy();
    else speaker.lose(error);
  }
}

/** The connections of one visit: of each origin the last one rests until it is asked again. */
export class Connections {
  readonly #guard: Guard;
  readonly #resting = new Map<string, Connection>();

  constructor(guard: Guard) {
    this.#guard = guard;
  }

  /** The one that rests. */
  take(origin: string): Connection | undefined {
    const connection = this.#resting.get(origin);
    if (connection === undefined) return undefined;
    this.#resting.delete(origin);
    if (connection.isOpen) return connection;
    connection.end();
    return undefined;
  }

  /** A new one, by the guard. */
  open(url: URL, done: (error: Error | null, connection: Connection | undefined) => void): void {
    this.#guard.connect(
      { hostname: url.hostname, host: url.host, protocol: url.protocol, port: url.port },
      (error, socket) => {
        if (error === null) done(null, new Connection(socket));
        else done(error, undefined);
      },
    );
  }

  keep(origin: string, connection: Connection, headers: HeaderMap): void {
    this.#resting.get(origin)?.end();
    connection.rest(headers);
    this.#resting.set(origin, connection);
  }

  close(): void {
    for (const connection of this.#resting.values()) connection.end();
    this.#resting.clear();
  }
}
