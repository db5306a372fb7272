import type {
  Actor,
  BatchWatcher,
  Context,
  ExportAsk,
  ExportBegun,
  HealthWatch,
  Procedures,
  SendMail,
  Sent,
} from "@scrapersky/api";
import type { Database, Db, Reader } from "@scrapersky/db";
import type { MetricsDoor } from "@scrapersky/db/observe";
import type { Logger } from "pino";
import type { Auth } from "../auth/auth.ts";
import type { PasswordTurn } from "../auth/password-turns.ts";
import type { SignInLimit } from "../auth/sign-in-limit.ts";
import type { SharedLookup } from "../auth/shared-lookup.ts";
import type { SharedRights } from "../auth/shared-rights.ts";
import type { SupabasePasswords } from "../auth/supabase-passwords.ts";
import type { SupabaseTokens } from "../auth/supabase-tokens.ts";
import type { Ending, Outgoing } from "../export/sending.ts";
import type { CallerLimits } from "../limit/caller-limits.ts";
import type { Standing } from "../limit/shared-limit.ts";
import type { StreamLimit } from "../limit/stream-limit.ts";
import type { OnAnswered } from "../metrics/request-metrics.ts";
import type { IsTrusted } from "./trusted-proxies.ts";

/** What the HTTP door is built on. */
export interface Services {
  database: Database;
  /** The same, as it is watched: whoever asks how it is asks here. */
  health: HealthWatch;
  /** The same for what is read outside of a procedure, with the deadline of reading. */
  reading: Db;
  queue: Context["queue"];
  watcher: BatchWatcher;
  auth: Auth;
  /** Where people open the dashboard. */
  webUrl: string;
  /** Null where no mail server is set. */
  mail: SendMail | null;
  /** What secrets of webhooks are made of; null where the server sends none. */
  webhooksKey: string | null;
  /** Ways in for people of a Supabase project, where they are switched on. */
  supabase: {
    tokens: SupabaseTokens | undefined;
    passwords: SupabasePasswords | undefined;
  };
  log: Logger;
  metrics: MetricsDoor;
  /** Told of each answer; undefined where nobody measures. */
  onAnswered: OnAnswered | undefined;
  presence: Presence;
  /** Whether spans are kept. */
  isTraced: boolean;
  /** Proxies whose word on who calls counts. */
  isTrusted: IsTrusted;
  limits: CallerLimits;
  signIns: SignInLimit;
  passwordTurn: PasswordTurn;
  streams: StreamLimit;
  /** Of those who listen. */
  rights: SharedRights;
  /** Of those who send a key. */
  lookup: SharedLookup;
}

/** What this process says of itself, apart from the database. */
export interface Presence {
  /** True from the moment on that it is about to leave: a proxy should send nobody here any more. */
  leaving: boolean;
  /** Which start it belongs to; undefined: nobody asked. */
  token: string | undefined;
}

/** The request as Node gives it, where there is one. */
interface Incoming {
  socket?: { remoteAddress?: string };
  /** Whether all of it arrived. */
  complete?: boolean;
  destroyed?: boolean;
}

/** What an export needs of the edge. */
export interface Exporting {
  /** @throws DomainError */
  begin(ask: ExportAsk): Promise<ExportBegun>;
  /** Says that it is still under way; a fault of that is logged. */
  renew(exportId: string): void;
  /** Who its credential speaks for by now; null: nobody. */
  actorNow(): Promise<Actor | null>;
  /** Notes the end, later; a fault of that is logged. */
  end(exportId: string, ending: Ending, sent: Sent): void;
  logFault(fault: unknown): void;
}

/** Per request, known to every handler. */
export interface AppEnv {
  Bindings: { incoming?: Incoming; outgoing?: Outgoing };
  Variables: {
    requestId: string;
    /** Who calls, as far as connections and trusted proxies tell. */
    clientAddress: string;
    /** Whether our web server asks by itself, to draw a page. */
    drawsPage: boolean;
    /** How the caller stands, once that was counted. */
    standings?: readonly Standing[];
    /** Set when a call did nothing, because an earlier one with its key has done it. */
    replayed?: true;
    /** Why a stream is not opened. */
    refusal?: unknown;
    /** Goes into the request's one line of the log. */
    facts: Record<string, string | number | boolean>;
    /** Set on REST routes that need somebody signed in: who that is, procedures as that person calls them, and a reader for rules. */
    rest: { actor: Actor; api: Procedures; reader: Reader; exporting: Exporting };
  };
}
