/** What a measured process is started with: the environment of the benchmark itself, open to fake sites. */
export const measured: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: "test" };
