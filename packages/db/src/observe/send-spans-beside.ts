// For builds of programs: what sends spans lies in a file beside them, and costs nobody's start who sends none.
import type { Plugin } from "esbuild";

const NAME = "send-spans";

const plugin: Plugin = {
  name: "send spans beside",
  setup(build) {
    build.onResolve({ filter: new RegExp(`/${NAME}\\.ts$`) }, ({ kind }) =>
      kind === "dynamic-import" ? { path: `./${NAME}.js`, external: true } : undefined,
    );
  },
};

export const sendSpans = {
  entry: { in: `${import.meta.dirname}/${NAME}.ts`, out: NAME },
  plugin,
};
