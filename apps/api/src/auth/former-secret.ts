import { createHmac, timingSafeEqual } from "node:crypto";

const SESSION = /\b((?:__Secure-)?scrapersky\.session_token)=([^;\s]+)/;

const signatureOf = (token: string, secret: string): string =>
  createHmac("sha256", secret).update(token).digest("base64");

const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/**
 * The headers with their session signed by the secret of now, where the one before it signed it: whoever is signed in stays so, and gets
 * a cookie of the new secret when the session is renewed. Any other headers are given back as they are.
 */
export function resign(headers: Headers, secret: string, former: string): Headers {
  const cookie = headers.get("cookie") ?? "";
  const [whole = "", name, value = ""] = SESSION.exec(cookie) ?? [];
  if (name === undefined) return headers;
  const signed = decodeValue(value);
  const at = signed.lastIndexOf(".");
  const [token, signature] = [signed.slice(0, at), signed.slice(at + 1)];
  if (at < 1 || !isSame(signature, signatureOf(token, former))) return headers;
  const anew = encodeURIComponent(`${token}.${signatureOf(token, secret)}`);
  const result = new Headers(headers);
  result.set(
    "cookie",
    cookie.replace(whole, () => `${name}=${anew}`),
  );
  return result;
}

function decodeValue(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
