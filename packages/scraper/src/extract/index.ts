export { extract } from "./extract.ts";
export { siteReading, type SiteReading } from "./site-reading.ts";
