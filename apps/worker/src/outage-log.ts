/** Where a worker's words go. */
export interface WorkerLog {
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}

/** Says that something fails, and then how often, instead of each time. */
export interface OutageLog {
  failed(what: string, detail: object): void;
  /** The work succeeded: an outage of it is over. */
  succeeded(what: string): void;
}

/** Milliseconds between two words about one outage. */
const SUM_MS = 60_000;
/** Milliseconds without a failure after which an outage is over of which nobody tells the end. */
const OVER_MS = 5 * SUM_MS;

interface Outage {
  since: number;
  last: number;
  said: number;
  failures: number;
  untold: number;
}

/** @param now milliseconds, from anywhere; tests bring their own */
export function createOutageLog(
  log: Pick<WorkerLog, "info" | "warn">,
  now: () => number = () => performance.now(),
): OutageLog {
  const outages = new Map<string, Outage>();
  const secondsOf = ({ since }: Outage) => Math.round((now() - since) / 1_000);
  return {
    failed(what, detail) {
      const known = outages.get(what);
      if (known === undefined || now() - known.last > OVER_MS) {
        outages.set(what, { since: now(), last: now(), said: now(), failures: 1, untold: 0 });
        log.warn(detail, `${what} failed, trying again`);
        return;
      }
      known.last = now();
      known.failures++;
      known.untold++;
      if (now() - known.said < SUM_MS) return;
      const { untold: failures } = known;
      log.warn(
        { ...detail, failures, forSeconds: secondsOf(known) },
        `${what} fails, still trying`,
      );
      Object.assign(known, { said: now(), untold: 0 });
    },
    succeeded(what) {
      const over = outages.get(what);
      if (over === undefined) return;
      outages.delete(what);
      if (over.failures < 2) return;
      const { failures } = over;
      log.info({ failures, forSeconds: secondsOf(over) }, `${what} works again`);
    },
  };
}
