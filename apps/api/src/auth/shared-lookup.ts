/** Asks `ask`, or shares what another one asks. */
export type SharedLookup = <Answer>(of: string, ask: () => Promise<Answer>) => Promise<Answer>;

/**
 * Lets calls that come at once share an answer: whoever comes while it is being asked waits for the next asking, together with
 * all others who came meanwhile. So nobody is told what was so before they came.
 */
export function createSharedLookup(): SharedLookup {
  const running = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Promise<unknown>>();
  const begin = async (of: string, ask: () => Promise<unknown>): Promise<unknown> => {
    const asked = ask();
    running.set(of, asked);
    try {
      return await asked;
    } finally {
      if (running.get(of) === asked) running.delete(of);
    }
  };
  return <Answer>(of: string, ask: () => Promise<Answer>): Promise<Answer> => {
    const now = running.get(of);
    if (now === undefined) return begin(of, ask) as Promise<Answer>;
    const askNext = (): Promise<unknown> => {
      waiting.delete(of);
      return begin(of, ask);
    };
    const next = waiting.get(of) ?? now.then(askNext, askNext);
    waiting.set(of, next);
    return next as Promise<Answer>;
  };
}
