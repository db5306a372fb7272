import { V3_PREFIX } from "../src/rest/v3-routes.ts";

/** Faces of the server that are not REST: each has a contract of its own. */
const OTHER_FACES =
  /^\/(health|metrics|api\/(auth|trpc|docs|openapi\.json|reference\.json|client\.tgz))(\/|$)/;

interface Registered {
  method: string;
  path: string;
}

/** Each route that is answered and not documented, or documented and not answered, in a sentence. */
export function compareRoutes(
  registered: readonly Registered[],
  { paths = {} }: { paths?: object },
): string[] {
  const documented = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const answered = registered
    .map(({ method, path }) => ({
      method,
      path: path
        .replace(V3_PREFIX + V3_PREFIX, V3_PREFIX)
        // A parameter that is a part of what stands between two slashes, as the router writes it.
        .replace(
          /:(\w+)\{(\w+\\\.)\(.*\)\}/g,
          (_all, name: string, before: string) => `${before.replace("\\", "")}{${name}}`,
        )
        .replace(/:(\w+)/g, "{$1}"),
    }))
    .filter(({ method, path }) => {
      // What stands before routes, and the refusal of other methods on a path that is documented.
      const isNoRoute = method === "ALL" && (path.endsWith("*") || Object.hasOwn(paths, path));
      return !isNoRoute && !OTHER_FACES.test(path);
    })
    .map(({ method, path }) => `${method} ${path}`);
  const missing = (all: string[], among: string[], what: string) =>
    [...new Set(all)].filter((one) => !among.includes(one)).map((one) => `${one} is not ${what}`);
  return [
    ...missing(answered, documented, "documented"),
    ...missing(documented, answered, "answered"),
  ];
}
