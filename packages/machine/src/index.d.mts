// What a program knows of the machine it runs on: which processes live, who holds a folder, which
// settings are set. Plain JavaScript without packages: a start needs it before anything is installed.
export * from "./processes.mjs";
export * from "./lock.mjs";
export * from "./stack.mjs";
export * from "./settings.mjs";
