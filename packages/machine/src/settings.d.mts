/** The environment without its empty values: a variable that is set to nothing is unset. */
export function withoutEmpty(source: NodeJS.ProcessEnv): NodeJS.ProcessEnv;

/** The environment for programs whose requests to these hosts must go to no proxy. */
export function withoutProxyFor(hosts: string[], source: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
