/** Search parameters as a page receives them. */
type PageParams = Record<string, string | string[] | undefined>;

export const toSearchParams = (params: PageParams): URLSearchParams => {
  const result = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const each of [value ?? []].flat()) result.append(name, each);
  }
  return result;
};

/** A segment of the path as it was written: a page receives it percent-encoded. */
export const readSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
