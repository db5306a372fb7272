// The package of that name, by its path: before the first install no package is found by its name.
// @boundaries-ignore see above
// oxlint-disable-next-line walls/import-arrows -- see above
export * from "../../../packages/machine/src/index.mjs";
