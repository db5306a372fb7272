/** Does what looks at a password once its network's turn has come. */
export type PasswordTurn = <Outcome>(
  network: string,
  look: () => Promise<Outcome>,
) => Promise<Outcome>;

/**
 * So many passwords are looked at at once. Hashing one takes a whole core for a while, most of it in the threads that also pack
 * answers and look up names, and some of it in the thread that answers everybody: many at once would keep all others waiting.
 */
const AT_ONCE = 2;

/** Networks take turns, so that many tries from one of them keep nobody else from signing in. */
export function createPasswordTurns(atOnce = AT_ONCE): PasswordTurn {
  let looking = 0;
  /** Of each network those who wait, in the order of the networks' turns. */
  const waiting = new Map<string, (() => void)[]>();
  const callNext = (): void => {
    looking--;
    for (const [network, [next, ...rest]] of waiting) {
      waiting.delete(network);
      if (rest.length > 0) waiting.set(network, rest);
      looking++;
      next?.();
      return;
    }
  };
  return async (network, look) => {
    if (looking < atOnce) looking++;
    else {
      const turn = Promise.withResolvers<void>();
      waiting.set(network, [...(waiting.get(network) ?? []), turn.resolve]);
      await turn.promise;
    }
    try {
      return await look();
    } finally {
      callNext();
    }
  };
}
