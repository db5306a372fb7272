import { sniffEncoding } from "../../src/fetch/charset.ts";
import type { Judgement } from "./judgement.ts";

const nameOf = (label: string): string => new TextDecoder(label.trim()).encoding;

/** Judges by a file in the form of html5lib's encoding tests: "#data", bytes, "#encoding", label. */
export function judgeEncodings(suite: string, file: Buffer): Judgement {
  const cases = `\n${file.toString("latin1")}`.split("\n#data\n").slice(1);
  const failed = cases.flatMap((entry) => {
    const [data = "", label = ""] = entry.split(/\n?#encoding\n/);
    const found = sniffEncoding(Buffer.from(data, "latin1"), "");
    return found === nameOf(label)
      ? []
      : [`${JSON.stringify(data.slice(0, 200))} is ${nameOf(label)}, taken for ${found}`];
  });
  return { suite, passed: cases.length - failed.length, failed, skipped: 0 };
}
