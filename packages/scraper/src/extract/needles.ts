const KINDS_MAX = 64;
const STATES_MAX = 2_048;
const UNKNOWN = -1;
/** Set in what a step leads to where a needle ends there. */
const ENDS = 1 << 30;

/** What is looked for: each place of it takes any of some characters, and its end tells the bits of `tells`. */
export interface Needle {
  places: readonly string[];
  tells: number;
}

/** A needle of letters in any case. */
export const inAnyCase = (word: string): string[] =>
  Array.from(word, (letter) => letter.toLowerCase() + letter.toUpperCase());

/**
 * Looks for many needles at once, one step a character, however many there are. A step is worked out when a text asks for it
 * first; the next one finds it in a table.
 */
export class Needles {
  /** The kind of each UTF-16 unit: those that all needles treat alike are one kind, and 0 is what none has. */
  readonly kinds = new Uint8Array(65_536);
  /** By state and kind the state that follows: each is the place of its row. */
  readonly steps = new Int32Array(STATES_MAX * KINDS_MAX).fill(UNKNOWN);
  readonly #places: { takes: boolean[]; tells: number; isFirst: boolean }[] = [];
  readonly #states = new Map<string, number>();
  /** Of each state the places that have been passed, and what ends there. */
  readonly #passed: number[][] = [];
  readonly #told: number[] = [];

  constructor(needles: readonly Needle[]) {
    const sets = new Set(needles.flatMap(({ places }) => places));
    const signatures = new Map<string, number>();
    for (const character of new Set([...sets].join(""))) {
      const signature = [...sets].map((set) => (set.includes(character) ? 1 : 0)).join("");
      const kind = signatures.get(signature) ?? signatures.size + 1;
      signatures.set(signature, kind);
      this.kinds[character.charCodeAt(0)] = kind;
    }
    if (signatures.size >= KINDS_MAX) throw new Error("Too many kinds of characters.");
    const kindsOf = (set: string): boolean[] => {
      const takes = Array.from({ length: KINDS_MAX }, () => false);
      for (const character of set) takes[this.kinds[character.charCodeAt(0)] as number] = true;
      return takes;
    };
    for (const { places, tells } of needles)
      for (const [at, set] of places.entries())
        this.#places.push({
          takes: kindsOf(set),
          tells: at === places.length - 1 ? tells : 0,
          isFirst: at === 0,
        });
    this.#stateOf([]);
  }

  /** What the needles tell that end where a step led to. */
  told(step: number): number {
    return this.#told[(step & ~ENDS) / KINDS_MAX] as number;
  }

  /** Works out a step that nobody took before. */
  learn(state: number, kind: number): number {
    const passed: number[] = [];
    const before = this.#passed[state / KINDS_MAX] as number[];
    for (const [at, { takes, isFirst }] of this.#places.entries())
      if (takes[kind] === true && (isFirst || before.includes(at - 1))) passed.push(at);
    const step = this.#stateOf(passed);
    this.steps[state + kind] = step;
    return step;
  }

  #stateOf(passed: number[]): number {
    const key = passed.join();
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    const row = this.#passed.length * KINDS_MAX;
    if (this.#passed.length >= STATES_MAX) throw new Error("Too many states.");
    const told = passed.reduce((bits, at) => bits | (this.#places[at]?.tells ?? 0), 0);
    this.#passed.push(passed);
    this.#told.push(told);
    const step = told === 0 ? row : row | ENDS;
    this.#states.set(key, step);
    return step;
  }
}

/** The row of the state that a step led to. */
export const rowOf = (step: number): number => step & ~ENDS;
export const isEnd = (step: number): boolean => (step & ENDS) !== 0;
export const isUnknown = (step: number): boolean => step === UNKNOWN;
