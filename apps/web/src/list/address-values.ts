/** Search parameters as a page receives them. */
export type PageParams = Record<string, string | string[] | undefined>;

export const toSearchParams = (params: PageParams): URLSearchParams => {
  const result = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) result.set(name, first);
  }
  return result;
};

/** The comma-separated values of a parameter that are among the allowed ones; anything else is dropped. */
export const readChoices = <Choice extends string>(
  params: URLSearchParams,
  name: string,
  allowed: readonly Choice[],
): Choice[] => {
  const given = (params.get(name) ?? "").split(",");
  return allowed.filter((choice) => given.includes(choice));
};

/** A parameter's text, or undefined when it is empty or longer than the api accepts. */
export const readText = (
  params: URLSearchParams,
  name: string,
  lengthMax: number,
): string | undefined => {
  const text = params.get(name)?.trim();
  return text === undefined || text === "" || text.length > lengthMax ? undefined : text;
};

/** A segment of the path as it was written: a page receives it percent-encoded. */
export const readSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
