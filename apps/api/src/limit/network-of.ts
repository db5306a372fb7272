import { isIPv6 } from "node:net";

/** Groups of an address of IPv6 that name a network: whoever has one has all of the addresses in it. */
const NETWORK_GROUPS = 4;

/** Networks of IPv6 in which every address stands for one of IPv4: mapped ones, and those that a NAT64 translates (RFC 6052). */
const TRANSLATED = [
  [0, 0, 0, 0, 0, 0xffff],
  [0x64, 0xff9b, 0, 0, 0, 0],
];

/** Whom an address is counted for: itself, or the network of one of IPv6. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address);
  if (TRANSLATED.some((prefix) => prefix.every((group, at) => groups[at] === group))) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join(".");
  }
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => group.toString(16));
  return `${network.join(":")}::/64`;
}

/** The eight numbers of an address of IPv6, the last two of which may be written as one of IPv4. */
function groupsOf(address: string): number[] {
  const [before = "", after] = address
    .split("%")[0]!
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => inGroups(bytes.slice(0, 4)))
    .split("::");
  const head = before === "" ? [] : before.split(":");
  const tail = after === undefined || after === "" ? [] : after.split(":");
  const missing = Math.max(0, 8 - head.length - tail.length);
  return [...head, ...Array<string>(missing).fill("0"), ...tail].map((group) =>
    parseInt(group, 16),
  );
}

const inGroups = (bytes: string[]): string => {
  const [one = 0, two = 0, three = 0, four = 0] = bytes.map(Number);
  return `${(one * 256 + two).toString(16)}:${(three * 256 + four).toString(16)}`;
};
