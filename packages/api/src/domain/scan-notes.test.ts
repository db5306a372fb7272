import { expect, test } from "vitest";
import { scanNotes } from "./scan-notes.ts";

test("a redirect is said with the name it leads to", () => {
  expect(scanNotes(["offsite_redirect"], "https://xn--bcher-kva.de/a")).toEqual([
    {
      flag: "offsite_redirect",
      text: "The domain redirects to bücher.de; only the page it lands on was read.",
    },
  ]);
  for (const unknown of [null, "nowhere"]) {
    expect(scanNotes(["offsite_redirect"], unknown)[0]?.text).toMatch(/redirects to another site;/);
  }
});

test("what a JSON column may hold is told or left out, never a fault", () => {
  expect(scanNotes(["new_flag", 7, null], null)).toEqual([
    { flag: "new_flag", text: "Noted: new flag." },
  ]);
  for (const nothing of [undefined, null, {}, "parked"])
    expect(scanNotes(nothing, null)).toEqual([]);
});
