/** The address with the path's percent signs that encode no character taken as themselves: `%25`. */
export function readableAddress(address: string): string {
  if (!address.includes("%")) return address;
  const [path = "", ...query] = address.split("?");
  const segments = path
    .split("/")
    .map((segment) => (isReadable(segment) ? segment : literal(segment)));
  return [segments.join("/"), ...query].join("?");
}

const literal = (segment: string): string => segment.replaceAll("%", "%25");

function isReadable(segment: string): boolean {
  try {
    decodeURIComponent(segment);
    return true;
  } catch {
    return false;
  }
}
