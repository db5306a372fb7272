const OPEN = new Set(["development", "test"]);

/** Read here and not handed in, so that no caller can open loopback in production by leaving an option out. */
export const allowsTestSites = (): boolean => OPEN.has(process.env["NODE_ENV"] ?? "");
