import { createSecureContext, type SecureContext } from "node:tls";
import { generate } from "selfsigned";
import type { Certificate } from "../site.ts";

const YEAR_MS = 365 * 86_400_000;

export interface CertificateAuthority {
  /** PEM that visitors must trust. */
  ca: string;
  contextFor(host: string, certificate: Certificate): Promise<SecureContext>;
}

/** A throw-away authority: made at start, kept in memory only, one leaf certificate per name on demand. */
export async function createAuthority(): Promise<CertificateAuthority> {
  const root = await generate(
    [
      { name: "commonName", value: "Fake Sites Root R1" },
      { name: "organizationName", value: "Fake Sites Trust" },
    ],
    {
      keyType: "ec",
      algorithm: "sha256",
      extensions: [
        { name: "basicConstraints", cA: true, critical: true },
        { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  );
  const keyPair = { privateKey: root.private, publicKey: root.public };
  const contexts = new Map<string, Promise<SecureContext>>();

  const issue = async (host: string, certificate: Certificate): Promise<SecureContext> => {
    const name = certificate === "wrong-host" ? "default.hosting-cluster.example" : host;
    const now = Date.now();
    const expired = certificate === "expired";
    const leaf = await generate([{ name: "commonName", value: name }], {
      keyType: "ec",
      algorithm: "sha256",
      keyPair,
      notBeforeDate: new Date(expired ? now - YEAR_MS : now - 86_400_000),
      notAfterDate: new Date(expired ? now - 20 * 86_400_000 : now + 80 * 86_400_000),
      extensions: [
        { name: "basicConstraints", cA: false },
        { name: "keyUsage", digitalSignature: true },
        { name: "extKeyUsage", serverAuth: true },
        { name: "subjectAltName", altNames: [{ type: 2, value: name }] },
      ],
      ...(certificate === "self-signed" ? {} : { ca: { key: root.private, cert: root.cert } }),
    });
    return createSecureContext({ key: leaf.private, cert: leaf.cert });
  };

  return {
    ca: root.cert,
    contextFor(host, certificate) {
      const key = `${certificate} ${host}`;
      let context = contexts.get(key);
      if (context === undefined) {
        context = issue(host, certificate);
        contexts.set(key, context);
      }
      return context;
    },
  };
}
