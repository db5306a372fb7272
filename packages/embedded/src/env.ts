/** Whether this run is one that must not leave anything out. */
export const isCi = process.env["CI"] === "true";
