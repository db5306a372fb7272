/** Lists as people paste them, and as somebody would who wants the reader to be slow: a beginning, and what comes again and again. */
export const FORMS: Record<
  string,
  { head?: string; piece: (at: number) => string; tail?: string }
> = {
  "messy CSV": {
    head: "Company,Street,Website,Phone\n",
    piece: (at) =>
      `"Mueller ${at}, Inc.","Main St ""A"" ${at}\nBerlin",https://www.mueller-${at}.de/kontakt,+49 30 ${at}\n`,
  },
  "cells with tabs": {
    head: "Name\tCity\tURL\n",
    piece: (at) => `Name ${at}\tBerlin, Mitte\thttps://x${at}.de\n`,
  },
  "a name a line": { piece: (at) => `shop-${at}.com\n` },
  "an address a line": {
    piece: (at) => `https://www.shop-${at}.co.uk/some/path/page-${at}.html?x=1\n`,
  },
  "names in Unicode": { piece: (at) => `www.bücher-${at}.de\n` },
  "names on one line": { piece: (at) => `n${at}.com, ` },
  "one name again on one line": { piece: () => "a.de," },
  "no names": { piece: (at) => `nope${at}\n` },
  "e-mail addresses": { piece: (at) => `info@shop-${at}.com\n` },
  prose: {
    piece: (at) =>
      `Last week we met people from Harbor Dental ${at} and they told us that harbor-${at}.com is going to be new. Nothing else.\n`,
  },
  "links of Markdown": { piece: (at) => `- [Mueller ${at}](https://mueller-${at}.de/x_(y))\n` },
  JSON: {
    head: "[",
    piece: (at) =>
      `{"id":${at},"company":"Foo \\"x\\" ${at}","web":{"url":"https://foo-${at}.com/x"},"mail":"a@foo-${at}.com"},\n`,
    tail: '{"id":1}]',
  },
  "JSON lines": {
    piece: (at) => `{"id":${at},"company":"Foo ${at}","website":"https://foo-${at}.com/x"}\n`,
  },
  "JSON of other keys": { piece: (at) => `{"k${at}":"a.de"}\n` },
  '"a/,b"': { piece: () => '"a/,b"' },
  quotes: { piece: () => '"' },
  "quotes that open lines": { piece: () => '"a,b\n' },
  "quotes over lines": { piece: (at) => (at % 20 === 19 ? 'x",y.de\n' : '"a,b\n') },
  newlines: { piece: () => "\n" },
  delimiters: { piece: () => ",;\t|" },
  dots: { piece: () => "." },
  "one word": { piece: () => "a" },
  brackets: { piece: () => "[{" },
  schemes: { piece: () => "http://" },
};

/** The form at this length, or a little more. */
export function fillForm(name: string, length: number): string {
  const form = FORMS[name];
  if (!form) throw new Error(`no form is called ${name}`);
  const { head = "", piece, tail = "" } = form;
  const parts = [head];
  for (let at = 0, filled = head.length; filled < length; at++) {
    const part = piece(at);
    parts.push(part);
    filled += part.length;
  }
  return parts.join("") + tail;
}
