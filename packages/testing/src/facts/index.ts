/** A value that differs from another one in one of its facts. */
interface Change {
  /** Where the fact stands, without the places in lists: `lead.emails[].kind`. */
  path: string;
  value: unknown;
}

const OTHER_TIME = "2031-02-03T04:05:06.000Z";

/**
 * The facts of a value, by path, that make no difference to what is told of it: each is changed by itself, texts grow, numbers rise,
 * answers turn round, what is null or empty is something.
 * @param tell what is told, compared as JSON
 * @param others by path, what a fact can be instead where not every text will do
 */
export async function findUntold<T>(
  value: T,
  tell: (value: T) => unknown,
  others: Record<string, unknown> = {},
): Promise<string[]> {
  const print = async (of: unknown): Promise<string> => JSON.stringify(await tell(of as T));
  const before = await print(value);
  const told = new Map<string, boolean>();
  for (const change of changesOf(value, "", others)) {
    const differs = (await print(change.value)) !== before;
    told.set(change.path, differs || told.get(change.path) === true);
  }
  return [...told.keys()].filter((path) => !told.get(path));
}

function changesOf(value: unknown, path: string, others: Record<string, unknown>): Change[] {
  if (path in others) return [{ path, value: others[path] }];
  if (Array.isArray(value)) {
    if (value.length === 0) return [{ path, value: ["something"] }];
    return value.flatMap((item: unknown, at) =>
      changesOf(item, `${path}[]`, others).map((change) => ({
        path: change.path,
        value: value.with(at, change.value),
      })),
    );
  }
  if (typeof value !== "object" || value === null) return [{ path, value: otherThan(value) }];
  return Object.entries(value).flatMap(([name, inner]) =>
    changesOf(inner, path === "" ? name : `${path}.${name}`, others).map((change) => ({
      path: change.path,
      value: { ...value, [name]: change.value },
    })),
  );
}

function otherThan(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (typeof value !== "string") return "something";
  return /^\d{4}-\d\d-\d\dT/.test(value) ? OTHER_TIME : `${value}x`;
}

/** The facts, by path, that none of the values gives: there they are null, false or empty, if they are there at all. */
export function findNeverGiven(values: readonly unknown[]): string[] {
  const given = new Map<string, boolean>();
  const note = (value: unknown, path: string): void => {
    if (Array.isArray(value) && value.length > 0) {
      for (const item of value) note(item, `${path}[]`);
    } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) {
        note(inner, path === "" ? name : `${path}.${name}`);
      }
    } else {
      const isGiven = value !== null && value !== false && value !== "" && !Array.isArray(value);
      given.set(path, isGiven || given.get(path) === true);
    }
  };
  for (const value of values) note(value, "");
  const paths = [...given.keys()];
  // What is null or empty at one site can be a list or an object at another.
  const isInner = (path: string): boolean =>
    paths.some((other) => other.startsWith(`${path}.`) || other.startsWith(`${path}[`));
  return paths.filter((path) => !given.get(path) && !isInner(path));
}
