/** What a measured process is started with: the environment of the benchmark itself. */
export const inherited: NodeJS.ProcessEnv = process.env;
