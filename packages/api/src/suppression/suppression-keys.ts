import { domainToASCII } from "node:url";

/** A host as it is compared: lower case, in punycode, without a dot at its end. */
export function hostKey(host: string): string {
  const plain = host.toLowerCase().replace(/\.+$/, "");
  return domainToASCII(plain) || plain;
}

/** An e-mail address or a host as it is compared. */
export function subjectKey(subject: string): string {
  const at = subject.lastIndexOf("@");
  return at < 0
    ? hostKey(subject)
    : `${subject.slice(0, at).toLowerCase()}@${hostKey(subject.slice(at + 1))}`;
}

/**
 * Every entry that would suppress this address or host: its own, those of domains above it, and each pattern that it fits.
 * So that a list is asked by a few exact words, however long it is.
 */
export function suppressionKeys(subject: string): string[] {
  const key = subjectKey(subject);
  const at = key.lastIndexOf("@");
  const host = key.slice(at + 1);
  const above = host
    .split(".")
    .flatMap((_, from, labels) => (from === 0 ? [] : labels.slice(from).join(".")));
  const ofHost = [host, ...above, ...above.map((domain) => `*.${domain}`)];
  if (at < 0) return ofHost;
  const local = key.slice(0, at);
  return [
    ...new Set([
      key,
      `*@${host}`,
      `${local}@*`,
      ...above.flatMap((domain) => [`*@*.${domain}`, `${local}@*.${domain}`]),
      ...ofHost,
    ]),
  ];
}
