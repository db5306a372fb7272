import { BlockList, isIP } from "node:net";

/** Ranges no visit may reach: private, loopback, link-local, multicast, documentation and every tunnel into them. */
const RESERVED: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
const RESERVED_V6: readonly (readonly [string, number])[] = [
  // "::/96" holds the unspecified and loopback addresses and IPv4 written as ::a.b.c.d, which BlockList would miss
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];

const blocked = new BlockList();
for (const [network, prefix] of RESERVED) blocked.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of RESERVED_V6) blocked.addSubnet(network, prefix, "ipv6");

/** True when an IP address belongs to the public internet. IPv4 mapped into IPv6 is judged as IPv4. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  // a zone index names a local interface, so the address cannot be a public one
  if (address.includes("%")) return false;
  return !blocked.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** The IP literal of a URL host ("[::1]" without its brackets), or undefined for a name. */
export function literalOf(hostname: string): string | undefined {
  const bare =
    hostname.startsWith("[") && hostname.endsWith("]") ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? undefined : bare;
}
