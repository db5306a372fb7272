import { FUNCTION_COLUMNS, FUNCTIONS } from "./allowed.ts";

type Node = Readonly<Record<string, unknown>>;

/**
 * Functions in FROM by the names that they go by. Of what one of them gives, `x.name` is a call of `name(x)` where it has no such
 * column, also where `name` is that of `x` itself. So a name is a column only where somebody says that it is, or where the call
 * would be one of those that may be called anyway.
 */
export class FunctionsInFrom {
  readonly #columns = new Map<string, Set<string>>();

  /** @returns whether it is known by which names it goes */
  add({ alias, functions }: Node): boolean {
    const { aliasname, colnames = [] } = (alias ?? {}) as { aliasname?: string; colnames?: Node[] };
    // Words such as COALESCE go by a name that is no function's.
    if (aliasname === undefined && !isPlainCall(functions)) return false;
    const own = JSON.stringify(functions).match(/"funcname":\[.*?\]/g) ?? [];
    const said = stringsIn(JSON.stringify(colnames));
    for (const name of aliasname === undefined ? own.flatMap(stringsIn) : [aliasname]) {
      // A name may be given again further inside, where it has other columns.
      const before = this.#columns.get(name);
      this.#columns.set(name, new Set(before ? said.filter((one) => before.has(one)) : said));
    }
    return true;
  }

  /** Whether `table.column` runs nothing that may not be called. */
  isHarmless(table: string, column: string): boolean {
    const columns = this.#columns.get(table);
    if (columns === undefined || columns.has(column)) return true;
    return FUNCTION_COLUMNS.has(column) || FUNCTIONS.has(column);
  }
}

/** Whether each of ROWS FROM, or the only one, is called by its own name. */
const isPlainCall = (functions: unknown): boolean =>
  (functions as { List: { items: Node[] } }[]).every(
    ({ List }) => List.items[0] !== undefined && "FuncCall" in List.items[0],
  );

const stringsIn = (json: string): string[] =>
  [...json.matchAll(/"sval":("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text!) as string);
