import { speltName, type SpeltName, standsAt } from "./spelt-name.ts";

/**
 * Tags that pages are made of. Names of properties are kept once by the engine: what is taken from here is compared and
 * looked up by identity, where each slice of a page would have to be hashed.
 */
const COMMON = Object.keys(
  Object.fromEntries(
    `a abbr address app-root area article aside b base bdi bdo big blockquote body br button canvas caption center cite code col
    colgroup data dd del dfn div dl dt em embed fieldset figcaption figure font footer form frame frameset g h1 h2 h3 h4 h5 h6
    head header hr html i iframe img input ins kbd label legend li link main mark meta nav nobr noembed noframes noscript object
    ol optgroup option output p param path picture pre q rect s samp script section select small source span strike strong style
    sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul use var video wbr`
      .split(/\s+/)
      .map((name) => [name, true]),
  ),
);

function shapeOf(length: number, first: number, last: number): number {
  return (length << 10) | ((first & 31) << 5) | (last & 31);
}
const LENGTH_MAX = 16;
const byShape: SpeltName[][] = Array.from({ length: shapeOf(LENGTH_MAX + 1, 0, 0) }, () => []);
for (const name of COMMON)
  byShape[shapeOf(name.length, name.charCodeAt(0), name.charCodeAt(name.length - 1))]?.push(
    speltName(name),
  );

/** The name of a tag in lower case. */
export function tagName(html: string, start: number, end: number): string {
  const length = end - start;
  if (length <= LENGTH_MAX) {
    const names = byShape[
      shapeOf(length, html.charCodeAt(start), html.charCodeAt(end - 1))
    ] as SpeltName[];
    for (let index = 0; index < names.length; index++) {
      const { name, codes } = names[index] as SpeltName;
      if (standsAt(html, start, codes)) return name;
    }
  }
  return html.slice(start, end).toLowerCase();
}
