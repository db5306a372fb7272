export const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;

export const isZstd = (body: Buffer): boolean =>
  body[0] === 0x28 && body[1] === 0xb5 && body[2] === 0x2f && body[3] === 0xfd;

const LEAD_MAX = 16;

/** A packed body without the line breaks that a program printed before it. */
export function afterLead(body: Buffer): Buffer {
  let at = 0;
  while (at < LEAD_MAX && (body[at] === 10 || body[at] === 13 || body[at] === 32)) at++;
  const rest = body.subarray(at);
  return at > 0 && (isGzip(rest) || isZstd(rest)) ? rest : body;
}

const SAMPLE_BYTES = 2_048;
/** Bytes that no text holds, as the MIME sniffing standard lists them. */
const BINARY = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

/** Whether bytes may be text of an encoding that keeps ASCII. */
export const isText = (body: Buffer): boolean =>
  !BINARY.test(body.toString("latin1", 0, SAMPLE_BYTES));

/** Whether they are text in which a tag begins soon. */
export const isMarkup = (body: Buffer): boolean => {
  const start = body.toString("latin1", 0, SAMPLE_BYTES);
  return !BINARY.test(start) && /<[a-z!/?]/i.test(start);
};

const END_BYTES = 500;

/** Whether a body ends where a page does. */
export const endsPage = (body: Buffer): boolean =>
  /<\/html\s*>/i.test(body.toString("latin1", Math.max(0, body.length - END_BYTES)));
