// The door for whoever brings a database of the first system to what the migrations expect.
export type { AdoptionPlan, AdoptionStep, Decision } from "./adoption.ts";
export { AdoptionError, applyAdoption, readAdoptionPlan } from "./apply.ts";
export { describeAdoption, scriptsOf } from "./describe.ts";
export type { PlannedAdoption } from "./plan.ts";
