import { isIPv6 } from "node:net";

/** Groups of an address of IPv6 that name a network: whoever has one has all of the addresses in it. */
const NETWORK_GROUPS = 4;

/** Whom an address is counted for: itself, or the network of one of IPv6. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [before = "", after] = address.toLowerCase().split("%")[0]!.split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  // An address of IPv4 at the end stands for two groups.
  const missing = 8 - head.length - tail.length - (address.includes(".") ? 1 : 0);
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill("0"), ...tail];
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => parseInt(group, 16).toString(16));
  return `${network.join(":")}::/64`;
}
