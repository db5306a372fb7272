/** Read here and not handed in, so that no caller can open loopback in production by leaving an option out. */
export const isProduction = (): boolean => process.env["NODE_ENV"] === "production";
