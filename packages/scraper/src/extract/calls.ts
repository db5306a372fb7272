import { type Call, callOf } from "../phones/call-links.ts";
import { detach, line } from "../text.ts";
import type { Findings } from "./findings.ts";
import type { DataContacts } from "./data/contacts.ts";
import type { StructuredFacts } from "./json-ld.ts";
import type { Microdata } from "./microdata.ts";

const BEFORE_CHARS = 90;
const AFTER_CHARS = 60;
/** Facebook's vocabulary for pages of businesses. */
const META_NUMBERS = [
  ["business:contact_data:phone_number", false],
  ["og:phone_number", false],
  ["business:contact_data:fax_number", true],
  ["og:fax_number", true],
] as const;

/** Links to call, with the words before them and their own. */
export function linkedCalls({ calls, text }: Findings): Call[] {
  const found: Call[] = [];
  for (const { href, at } of calls) {
    const call = callOf(href);
    if (call === undefined) continue;
    const before = detach(text.slice(Math.max(0, at - BEFORE_CHARS), at));
    const [after = ""] = text
      .slice(at, at + AFTER_CHARS)
      .trimStart()
      .split("\n");
    found.push({ ...call, text: detach(call.text), label: null, before, after: detach(after) });
  }
  return found;
}

/** Links to call in texts of data, which nobody wrote words before. */
export const callsInData = ({ calls }: DataContacts): Call[] =>
  calls.flatMap((href) => {
    const call = callOf(href);
    return call === undefined ? [] : [{ ...call, label: null, before: "", after: "" }];
  });

/** Numbers that structured data, microdata, the head of a page and data for its scripts state. */
export function statedCalls(
  structured: StructuredFacts,
  microdata: Microdata,
  metas: ReadonlyMap<string, string>,
  data: DataContacts,
): Call[] {
  const stated = [
    ...structured.phones,
    ...data.phones,
    ...microdata.phones.map((text) => ({ text, label: null, fax: false })),
    ...microdata.faxes.map((text) => ({ text, label: null, fax: true })),
    ...META_NUMBERS.flatMap(([name, fax]) => {
      const text = metas.get(name);
      return text === undefined ? [] : [{ text, label: null, fax }];
    }),
  ];
  return stated.map(({ text, label, fax }) => ({
    text: line(text, 100),
    from: "json_ld",
    calling: fax ? "fax" : undefined,
    label,
    before: "",
    after: "",
  }));
}
