import { BlockList, isIP } from "node:net";

/** Tells whether an address is one of the proxies whose word counts. */
export type IsTrusted = (address: string) => boolean;

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

/**
 * @param ranges addresses and CIDR ranges, such as `10.0.0.0/8` and `::1`
 * @throws RangeError that names the first one that is neither
 */
export function createTrust(ranges: readonly string[]): IsTrusted {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", length, ...rest] = range.split("/");
    const bits = isIP(address) === 6 ? 128 : 32;
    const prefix = length === undefined ? bits : Number(length);
    const isRange = isIP(address) > 0 && rest.length === 0 && /^\d{1,3}$/.test(length ?? "0");
    if (!isRange || prefix > bits) throw new RangeError(`${range} is no address and no range`);
    list.addSubnet(address, prefix, familyOf(address));
  }
  return (address) => isIP(address) > 0 && list.check(address, familyOf(address));
}
