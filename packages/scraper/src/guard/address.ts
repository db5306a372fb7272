import { BlockList, isIP } from "node:net";

/** IPv4 ranges no visit may reach: private, loopback, link-local, multicast, documentation. */
const RESERVED: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  // a host service of Azure, reached from inside its machines only
  ["168.63.129.16", 32],
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
/** All that is handed out of IPv6; what lies outside is refused without being listed. */
const GLOBAL_V6: readonly [string, number] = ["2000::", 3];
/** What of it is no public place: documentation, and tunnels that carry any IPv4 address. */
const RESERVED_V6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];
const MAPPED_V4: readonly [string, number] = ["::ffff:0:0", 96];

const blocked = new BlockList();
for (const [network, prefix] of RESERVED) blocked.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of RESERVED_V6) blocked.addSubnet(network, prefix, "ipv6");
const admitted = new BlockList();
for (const [network, prefix] of [GLOBAL_V6, MAPPED_V4]) admitted.addSubnet(network, prefix, "ipv6");

/** True when an IP address belongs to the public internet. IPv4 mapped into IPv6 is judged as IPv4. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  // a zone index names a local interface, so the address cannot be a public one
  if (address.includes("%")) return false;
  if (family === 4) return !blocked.check(address, "ipv4");
  return admitted.check(address, "ipv6") && !blocked.check(address, "ipv6");
}

/** The IP literal of a URL host ("[::1]" without its brackets), or undefined for a name. */
export function literalOf(hostname: string): string | undefined {
  const bare =
    hostname.startsWith("[") && hostname.endsWith("]") ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? undefined : bare;
}
