// The door to the demo: tenants and staff that are nobody, for first looks and tests.
export { PEOPLE } from "./people.ts";
export { seedDemo, type SeedResult } from "./seed-demo.ts";
export type { SeededAccess } from "./seed-data.ts";
