/**
 * Runs `work` as if no variable of libpq were set: the driver completes what it is not told from those,
 * the password and what it should demand of the server included. Not for asynchronous work.
 */
export function withoutLibpqVariables<T>(work: () => T): T {
  const hidden = Object.entries(process.env).filter(([name]) => name.startsWith("PG"));
  for (const [name] of hidden) delete process.env[name];
  try {
    return work();
  } finally {
    for (const [name, value] of hidden) process.env[name] = value;
  }
}
