import { describe, expect, it } from "vitest";
import { replaceEntry } from "./replace-entry.ts";

describe("mending one entry of a text", () => {
  it("changes that entry of that line only", () => {
    expect(replaceEntry("a b, c.com\na b", 1, "a b", "ab.com")).toBe("ab.com, c.com\na b");
  });

  it("takes the line away when nothing is left of it", () => {
    expect(replaceEntry("x.com\nno\ny.com", 2, "no", "")).toBe("x.com\ny.com");
  });

  it("leaves the text alone when the line has changed meanwhile", () => {
    expect(replaceEntry("x.com", 1, "no", "y.com")).toBe("x.com");
    expect(replaceEntry("x.com", 9, "x.com", "y.com")).toBe("x.com");
  });

  it("does not read a replacement as a pattern", () => {
    expect(replaceEntry("no", 1, "no", "$&.com")).toBe("$&.com");
  });
});
