type Query = (text: string, parameters: readonly unknown[], options?: object) => Promise<unknown>;

/** What statements of transactions are sent by, as every one of ours has it: its type hides it. */
interface Handles {
  query: Query;
}

/** Has statements fail at the server, as one does that meets a fault: its transaction is lost. */
export interface FailingStatements {
  /** Statements that were counted since `arm`. */
  readonly sent: number;
  /** Of those that are counted from now on the `at`th fails, from 1. */
  arm(at: number): void;
  /** Counts the statements of `work` that may write, and no others: to whoever fails at a read nothing else happens. */
  counting<T>(work: () => Promise<T>): Promise<T>;
  /** Puts everything back. */
  end(): void;
}

const WRITES = /\b(?:insert|update|delete|merge)\b/i;

/**
 * Counts the statements of transactions, savepoints and sessions of this process, and lets one of them fail.
 * @param tx any of them
 */
export function failStatements(tx: object): FailingStatements {
  const handles = handlesOf(tx);
  const { query } = handles;
  let [sent, failing, isCounting] = [0, 0, false];
  handles.query = function (text, parameters, options) {
    const fails = isCounting && WRITES.test(text) && ++sent === failing;
    return fails
      ? query.call(this, "select 1 / 0", [], options)
      : query.call(this, text, parameters, options);
  };
  return {
    get sent() {
      return sent;
    },
    arm(at) {
      [sent, failing] = [0, at];
    },
    async counting(work) {
      isCounting = true;
      try {
        return await work();
      } finally {
        isCounting = false;
      }
    },
    end() {
      handles.query = query;
    },
  };
}

function handlesOf(tx: object): Handles {
  const key = Object.getOwnPropertySymbols(tx).find((one) => one.description === "statements");
  if (key === undefined) throw new Error("a transaction does not show what it sends by");
  return Object.getPrototypeOf((tx as Record<symbol, object>)[key]) as Handles;
}
