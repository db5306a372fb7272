/** Matches of a global expression from a place on. */
export function matchesFrom(
  text: string,
  expression: RegExp,
  place: number,
): Iterable<RegExpExecArray> {
  if (place >= text.length) return [];
  expression.lastIndex = place;
  return text.matchAll(expression);
}
