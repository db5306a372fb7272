type Letter =
  | ("a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m")
  | ("n" | "o" | "p" | "q" | "r" | "s" | "t" | "u" | "v" | "w" | "x" | "y" | "z");
type First = Letter | Uppercase<Letter> | "_";
type Further = First | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** The name that the text begins with; never when it begins with something else. */
type NameAt<Text extends string> = Text extends `${infer One}${infer Rest}`
  ? One extends First
    ? Grow<Rest, One>
    : never
  : never;
type Grow<Text extends string, Name extends string> = Text extends `${infer One}${infer Rest}`
  ? One extends Further
    ? Grow<Rest, `${Name}${One}`>
    : Name
  : Name;

/**
 * Names of the `:name` parameters of a text, told by the compiler. It does not see quotes, comments and
 * array slices: a colon with a name in one of them asks for a value that binding then refuses.
 */
export type ParameterNames<Text extends string, Found extends string = never> = string extends Text
  ? string
  : Text extends `${string}:${infer Rest}`
    ? Rest extends `:${infer Cast}`
      ? ParameterNames<Cast, Found>
      : ParameterNames<Rest, Found | NameAt<Rest>>
    : Found;
