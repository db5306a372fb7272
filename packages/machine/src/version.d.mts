/** The version in a manifest, `unknown` where there is none: a program may have been taken out of its tree. */
export declare function readVersion(manifest: URL): string;
