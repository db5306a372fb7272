const HEX_MAX = 800;
const BASE64_MAX = 400;

/** Undoes Cloudflare's hiding of addresses: hex, each byte xor the first one. */
export function revealCloudflare(code: string): string | undefined {
  const [hex] = /^[0-9a-f]+/i.exec(code.slice(0, HEX_MAX)) ?? [""];
  if (hex.length < 6 || hex.length % 2 !== 0) return undefined;
  const bytes = Buffer.from(hex, "hex");
  const key = bytes[0] as number;
  const text = Buffer.from(bytes.subarray(1).map((byte) => byte ^ key)).toString("utf8");
  return text.includes("@") ? text : undefined;
}

/** Where TYPO3 turns letters around: within each of these stretches of ASCII. */
const TYPO3_WHEELS: readonly (readonly [first: number, last: number])[] = [
  [0x2b, 0x3a],
  [0x40, 0x5a],
  [0x61, 0x7a],
];

const TYPO3_CALL =
  /linkTo_UnCryptMailto\((?:'|"|%27|%22|&#39;|&quot;)(.+?)(?:'|"|%27|%22|&#39;|&quot;)/i;

/** The address in a link of TYPO3, which turns each letter of "mailto:…" by a fixed number of places. */
export function revealTypo3(href: string): string | undefined {
  const code = TYPO3_CALL.exec(href.slice(0, 1_000))?.[1];
  return code === undefined ? undefined : turnToMailto(code.replaceAll("\\/", "/"));
}

/** What follows "mailto:" in a text whose letters were turned by any number of places; undefined when it is none. */
export function turnToMailto(code: string): string | undefined {
  const first = code.charCodeAt(0);
  if (!(first >= 0x61 && first <= 0x7a) || code.length > 500) return undefined;
  const turned = turn(code, 0x6d - first);
  return turned.startsWith("mailto:") ? turned.slice(7) : undefined;
}

function turn(code: string, places: number): string {
  let text = "";
  for (let index = 0; index < code.length; index++) {
    const letter = code.charCodeAt(index);
    const wheel = TYPO3_WHEELS.find(([first, last]) => letter >= first && letter <= last);
    if (wheel === undefined) {
      text += code[index];
      continue;
    }
    const [first, last] = wheel;
    const size = last - first + 1;
    text += String.fromCharCode(first + ((((letter - first + places) % size) + size) % size));
  }
  return text;
}

export const revealRot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0);
    const first = code >= 0x61 ? 0x61 : 0x41;
    return String.fromCharCode(first + ((code - first + 13) % 26));
  });

/** A text with "@" that was put into base64; undefined when it is none. */
export function revealBase64(code: string): string | undefined {
  if (code.length < 8 || code.length > BASE64_MAX || !/^[\w+/-]+={0,2}$/.test(code))
    return undefined;
  const text = Buffer.from(code, "base64").toString("utf8");
  return /^[\x20-\x7e\u00a1-\u024f]*$/.test(text) && text.includes("@") ? text : undefined;
}

/** The two forms of CryptX for WordPress: every second character, or each one, is that many places too far. */
export function revealCryptX(code: string): string | undefined {
  if (code.length < 6 || code.length > 500) return undefined;
  let paired = "";
  for (let index = 0; index + 1 < code.length; index += 2)
    paired += String.fromCharCode(cryptXCode(code, index + 1) - Number(code[index]));
  if (/^\d(?:.\d)*.$/s.test(code) && isAddress(paired)) return paired;
  let shifted = "";
  for (let index = 0; index < code.length; index++)
    shifted += String.fromCharCode(cryptXCode(code, index) - 1);
  return isAddress(shifted) ? shifted : undefined;
}

const cryptXCode = (code: string, index: number): number =>
  code.charCodeAt(index) >= 8_364 ? 128 : code.charCodeAt(index);
const isAddress = (text: string): boolean => /^[\w.+-]{1,64}@[\w.-]{4,200}$/.test(text);
