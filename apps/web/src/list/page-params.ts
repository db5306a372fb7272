/** Search parameters as a page receives them. */
type PageParams = Record<string, string | string[] | undefined>;

export const toSearchParams = (params: PageParams): URLSearchParams => {
  const result = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) result.set(name, first);
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
