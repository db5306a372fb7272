import { isOnEarth } from "../extract/postal-address.ts";

/** What a link or frame shows on a map. */
export interface MapQuery {
  /** What the map is asked for, as people would type it. */
  query: string | null;
  geo: { lat: number; lon: number } | null;
}

const MAP_HOST =
  /(?:^|\.)(?:google\.(?:com?\.)?[a-z]{2,3}|openstreetmap\.org|bing\.com|mapy\.cz|here\.com)$|^maps\.apple\.com$|^waze\.com$|^www\.waze\.com$/;
const DEGREES = /^\s*(-?\d{1,2}\.\d+)\s*[,+ ]\s*(-?\d{1,3}\.\d+)\s*$/;

/** Whether a link may lead to a map, told by plain search. */
export const mayBeMap = (href: string): boolean =>
  href.length < 2_000 && (href.includes("map") || href.includes("geo:") || href.includes("waze"));

/** Reads the place that a map shows; undefined for what is no map or asks for nothing. */
export function mapQueryOf(href: string): MapQuery | undefined {
  const trimmed = href.trim();
  const [, lat, lon] = /^geo:(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)/i.exec(trimmed) ?? [];
  if (lat !== undefined && lon !== undefined) return told(null, Number(lat), Number(lon));
  let url: URL;
  try {
    url = new URL(trimmed.startsWith("//") ? `https:${trimmed}` : trimmed);
  } catch {
    return undefined;
  }
  if (!MAP_HOST.test(url.hostname)) return undefined;
  const { searchParams: params, pathname } = url;
  const asked = ["q", "query", "address", "daddr", "destination", "where1"]
    .map((name) => params.get(name))
    .find((value) => value !== null && value.trim() !== "");
  const inPath = /\/maps\/(?:place|search|dir\/[^/]*)\/([^/@]{3,300})/.exec(pathname)?.[1];
  const embedded = params.get("pb");
  if (embedded !== null) return embeddedQuery(embedded);
  const query = asked ?? (inPath === undefined ? undefined : decode(inPath));
  const [, atLat, atLon] =
    /@(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)/.exec(pathname) ??
    DEGREES.exec(query ?? params.get("ll") ?? params.get("center") ?? "") ??
    [];
  const [mlat, mlon] = [params.get("mlat"), params.get("mlon")];
  const degrees =
    mlat !== null && mlon !== null ? [Number(mlat), Number(mlon)] : [Number(atLat), Number(atLon)];
  const words = query === undefined || DEGREES.test(query) ? null : query.replaceAll("+", " ");
  return told(words, degrees[0], degrees[1]);
}

/** The parameter of Google's embedded maps: "!2d13.40!3d52.52 … !2sBäckerei Müller, Hauptstr. 5, 10115 Berlin!". */
function embeddedQuery(pb: string): MapQuery | undefined {
  const texts = [...pb.slice(0, 2_000).matchAll(/!2s([^!]{3,300})/g)].map(([, text = ""]) =>
    decode(text).replaceAll("+", " "),
  );
  const lon = Number(/!2d(-?\d{1,3}\.\d+)/.exec(pb)?.[1]);
  const lat = Number(/!3d(-?\d{1,2}\.\d+)/.exec(pb)?.[1]);
  return told(texts.find((text) => /\d/.test(text)) ?? null, lat, lon);
}

function told(
  query: string | null,
  lat: number | undefined,
  lon: number | undefined,
): MapQuery | undefined {
  const geo = lat !== undefined && lon !== undefined && isOnEarth(lat, lon) ? { lat, lon } : null;
  return query === null && geo === null ? undefined : { query: query?.slice(0, 300) ?? null, geo };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
