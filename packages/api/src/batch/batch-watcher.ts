import { createHash } from "node:crypto";
import { type Reader, withStatementTags } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import { isTerminalBatchStatus } from "../status.ts";
import type { BatchProgress } from "./batch.contract.ts";
import { getBatchProgress } from "./batch-progress.ts";

/** A reading of a batch; `version` changes whenever anything in it but the clock does. */
export interface BatchReading {
  version: string;
  progress: BatchProgress;
}

/** Follows batches for as many listeners as there are, reading each batch once for all of them. */
export interface BatchWatcher {
  /**
   * Yields the batch now and after every change, and ends with its last state. Ends quietly when the
   * signal fires.
   * @throws DomainError NOT_FOUND; UNAUTHORIZED when the listener may not listen any more;
   * UNAVAILABLE when the watcher closes, for the listener to come back
   */
  watch(
    tenantId: string,
    batchId: string,
    options: ListenOptions,
  ): AsyncGenerator<BatchReading, void>;
  /** Batches read at the moment. */
  readonly watched: number;
  close(): void;
}

export interface ListenOptions {
  signal?: AbortSignal | undefined;
  /** The version the listener has already; it is not sent again. */
  lastVersion?: string | undefined;
  /** Asked again and again while the listener stays; when it fails, it is asked the next time, while patience lasts. */
  mayListen: () => Promise<boolean>;
}

interface Watch {
  latest: BatchReading | undefined;
  listeners: Set<() => void>;
  failure: Error | undefined;
  timer: NodeJS.Timeout | undefined;
}

export interface WatcherOptions {
  /** Between two readings of a batch. */
  intervalMs?: number;
  /** How long readings, and looks at rights, may fail in a row before listeners are told. */
  patienceMs?: number;
  /** Between two looks at the rights of a listener. */
  rightsMs?: number;
}

export function createBatchWatcher(
  reader: Reader,
  { intervalMs = 1_200, patienceMs = 10_000, rightsMs = 1_000 }: WatcherOptions = {},
): BatchWatcher {
  const watches = new Map<string, Watch>();
  const closing = new AbortController();

  function begin(key: string, tenantId: string, batchId: string): Watch {
    const watch: Watch = {
      latest: undefined,
      listeners: new Set(),
      failure: undefined,
      timer: undefined,
    };
    watches.set(key, watch);
    let failingSince: number | undefined;
    const read = async (): Promise<void> => {
      let isOver = false;
      try {
        // One reading for all who listen: it belongs to none of their requests.
        const progress = await withStatementTags({ procedure: "batches.onProgress" }, () =>
          // A batch that was asked for by name is found once.
          getBatchProgress(reader, tenantId, watch.latest?.progress.batchId ?? batchId),
        );
        const version = versionOf(progress);
        failingSince = undefined;
        if (version !== watch.latest?.version) watch.latest = { version, progress };
        isOver = isTerminalBatchStatus(progress.status);
      } catch (error) {
        failingSince ??= performance.now();
        isOver = watch.latest === undefined || performance.now() - failingSince > patienceMs;
        if (isOver) watch.failure = asError(error);
      }
      if (isOver || watch.listeners.size === 0) stop(key, watch);
      else watch.timer = setTimeout(() => void read(), intervalMs).unref();
      for (const wake of watch.listeners) wake();
    };
    void read();
    return watch;
  }

  function stop(key: string, watch: Watch): void {
    clearTimeout(watch.timer);
    if (watches.get(key) === watch) watches.delete(key);
  }

  async function* follow(
    tenantId: string,
    batchId: string,
    { signal, lastVersion, mayListen }: ListenOptions,
  ): AsyncGenerator<BatchReading, void> {
    const rights = guardRights(mayListen, rightsMs, patienceMs);
    const ends = [rights.lost, closing.signal, ...(signal ? [signal] : [])];
    const end = AbortSignal.any(ends);
    const key = `${tenantId} ${batchId}`;
    let wake = (): void => {};
    let changed = new Promise<void>((resolve) => (wake = resolve));
    const listener = (): void => wake();
    const watch = watches.get(key) ?? begin(key, tenantId, batchId);
    watch.listeners.add(listener);
    end.addEventListener("abort", listener, { once: true });
    let sent = lastVersion;
    try {
      while (!end.aborted) {
        if (watch.failure !== undefined) throw watch.failure;
        const { latest } = watch;
        if (latest && latest.version !== sent) {
          sent = latest.version;
          yield latest;
        }
        if (latest && isTerminalBatchStatus(latest.progress.status)) return;
        if (watch.latest !== latest) continue;
        await changed;
        changed = new Promise<void>((resolve) => (wake = resolve));
      }
      if (rights.lost.aborted) throw rights.lost.reason as DomainError;
      if (signal?.aborted !== true) throw comeBack("The server is restarting");
    } finally {
      rights.stop();
      end.removeEventListener("abort", listener);
      watch.listeners.delete(listener);
      if (watch.listeners.size === 0) stop(key, watch);
    }
  }

  return {
    watch: follow,
    get watched() {
      return watches.size;
    },
    close: () => closing.abort(),
  };
}

const comeBack = (why: string): DomainError =>
  new DomainError("UNAVAILABLE", `${why}; come back in a moment.`);

/** Aborts once the answer is no, or once nobody could tell for `patienceMs`. */
function guardRights(
  mayListen: () => Promise<boolean>,
  intervalMs: number,
  patienceMs: number,
): { lost: AbortSignal; stop(): void } {
  const lost = new AbortController();
  let isStopped = false;
  let failingSince: number | undefined;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    timer = setTimeout(() => void look(), intervalMs).unref();
  };
  const look = async (): Promise<void> => {
    const may = await mayListen().catch(() => undefined);
    if (isStopped) return;
    if (may !== undefined) failingSince = undefined;
    else failingSince ??= performance.now();
    if (may === false) lost.abort(new DomainError("UNAUTHORIZED", "Not authenticated"));
    else if (failingSince !== undefined && performance.now() - failingSince > patienceMs) {
      lost.abort(comeBack("Whether you may still listen cannot be told"));
    } else wait();
  };
  wait();
  return {
    lost: lost.signal,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** What a listener would notice; times that only tick are left out. */
function versionOf(progress: BatchProgress): string {
  const {
    asOf: _asOf,
    processingSeconds: _seconds,
    ratePerMinute: _rate,
    etaSeconds: _eta,
    ...rest
  } = progress;
  return createHash("sha256").update(JSON.stringify(rest)).digest("base64url").slice(0, 16);
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error("a batch could not be read", { cause: error });
