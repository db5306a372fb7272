// How a state machine is declared, and the SQL that statements take from it. States are constants of the
// sources, so they may stand in a text; what a caller sends never does.

interface Move<Open extends string, State extends string> {
  /** Open states only: nothing leaves an end state, and the compiler refuses what would. */
  readonly from: readonly Open[];
  /** Several where a rule chooses among them; null where the row is removed. */
  readonly to: State | readonly State[] | null;
}

/** Names of the moves that lead to one state. */
type Leading<Moves extends Record<string, { readonly to: unknown }>> = {
  [Name in keyof Moves]: Moves[Name]["to"] extends string ? Name : never;
}[keyof Moves];

/**
 * A machine of the column that holds its states. `begins` says how a row comes to be and in which state, `moves`
 * who may change it. Its verbs give SQL: `may` a condition, `to` and `begin` a quoted state.
 */
export function defineMachine<
  const Open extends string,
  const Ended extends string,
  const Begins extends Record<string, Open | Ended>,
  const Moves extends Record<string, Move<Open, Open | Ended>>,
>(declared: { open: readonly Open[]; ended: readonly Ended[]; begins: Begins; moves: Moves }) {
  type State = Open | Ended;
  const { open, ended, begins, moves } = declared;
  const quote = (state: unknown): string => `'${String(state)}'`;
  const is = (which: State | readonly State[], column: string): string => {
    const [first, ...rest] = [which].flat();
    if (rest.length === 0) return `${column} = ${quote(first)}`;
    return `${column} in (${[first, ...rest].map(quote).join(", ")})`;
  };
  const hasEnded = (state: State): boolean => (ended as readonly State[]).includes(state);
  return {
    ...declared,
    /** Open ones first. */
    states: [...open, ...ended] as readonly State[],
    hasEnded,
    /** `j.status = 'running'`, `j.status in ('pending', 'running')` */
    is,
    /** Whether a row in this state may make the move. */
    can: (move: keyof Moves, state: State): boolean =>
      (moves[move]!.from as readonly State[]).includes(state),
    /** The condition under which a row may make the move. */
    may: (move: keyof Moves, column: string): string => is(moves[move]!.from, column),
    /** The state that the move leads to. */
    to: (move: Leading<Moves>): string => quote(moves[move]!.to),
    /** The state in which a row begins. */
    begin: (how: keyof Begins): string => quote(begins[how]),
    /** Whether the move ends the row. */
    ends: (move: Leading<Moves>): boolean => hasEnded(moves[move]!.to as State),
  };
}
