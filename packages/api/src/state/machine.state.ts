// How a state machine is declared, and the SQL that statements take from it. States are constants of the
// sources, so they may stand in a text; what a caller sends never does.

interface Move<Open extends string, State extends string> {
  /** Open states only: nothing leaves an end state, and the compiler refuses what would. */
  readonly from: readonly Open[];
  /** Several where a rule chooses among them; null where the row is removed. */
  readonly to: State | readonly State[] | null;
}

/** What brings an ended row back: somebody's wish, never the course of things. */
interface Reopening<Open extends string, Ended extends string> {
  readonly from: readonly Ended[];
  readonly to: Open;
}

/** What is done to an open row and leaves its state. */
interface Staying<Open extends string> {
  readonly from: readonly Open[];
}

/** Names of the moves that lead to one state. */
type Leading<Moves extends Record<string, { readonly to: unknown }>> = {
  [Name in keyof Moves]: Moves[Name]["to"] extends string ? Name : never;
}[keyof Moves];

/**
 * A machine of the column that holds its states. `begins` says how a row comes to be and in which state, `moves`
 * who may change it, `reopens` who may bring it back from its end, `stays` who may do something to it that leaves its state. Its verbs give SQL: `may` a condition, `to` and
 * `begin` a quoted state.
 */
export function defineMachine<
  const Open extends string,
  const Ended extends string,
  const Begins extends Record<string, Open | Ended>,
  const Moves extends Record<string, Move<Open, Open | Ended>>,
  const Reopens extends Record<string, Reopening<Open, Ended>> = Record<never, never>,
  const Stays extends Record<string, Staying<Open>> = Record<never, never>,
>(declared: {
  open: readonly Open[];
  ended: readonly Ended[];
  begins: Begins;
  moves: Moves;
  reopens?: Reopens;
  stays?: Stays;
}) {
  type State = Open | Ended;
  type Named = Moves & Reopens;
  const { open, ended, begins } = declared;
  const moves = { ...declared.moves, ...declared.reopens } as Record<
    keyof Named,
    { from: readonly State[]; to: State | readonly State[] | null }
  >;
  const asked = { ...declared.stays, ...moves } as Record<
    keyof Named | keyof Stays,
    { from: readonly State[] }
  >;
  const quote = (state: unknown): string => `'${String(state)}'`;
  const is = (which: State | readonly State[], column: string): string => {
    const [first, ...rest] = [which].flat();
    if (rest.length === 0) return `${column} = ${quote(first)}`;
    return `${column} in (${[first, ...rest].map(quote).join(", ")})`;
  };
  const hasEnded = (state: State): boolean => (ended as readonly State[]).includes(state);
  return {
    ...declared,
    reopens: (declared.reopens ?? {}) as Reopens,
    stays: (declared.stays ?? {}) as Stays,
    /** Open ones first. */
    states: [...open, ...ended] as readonly State[],
    hasEnded,
    /** `j.status = 'running'`, `j.status in ('pending', 'running')` */
    is,
    /** Whether a row in this state may make the move. */
    can: (move: keyof Named | keyof Stays, state: State): boolean =>
      asked[move].from.includes(state),
    /** The condition under which a row may make the move. */
    may: (move: keyof Named | keyof Stays, column: string): string => is(asked[move].from, column),
    /** An array of states, `array['pending', 'running']`, for what is asked in a function. */
    list: (which: State | readonly State[]): string =>
      `array[${[which].flat().map(quote).join(", ")}]`,
    /** The state that the move leads to. */
    to: (move: Leading<Named>): string => quote(moves[move].to),
    /** The state in which a row begins. */
    begin: (how: keyof Begins): string => quote(begins[how]),
    /** Whether the move ends the row. */
    ends: (move: Leading<Named>): boolean => hasEnded(moves[move].to as State),
  };
}
