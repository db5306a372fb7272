// How the environment is read by every program: an empty value says nothing, as compose files write
// one for each variable that is unset.
export function withoutEmpty(source) {
  const entries = Object.entries(source);
  return Object.fromEntries(entries.filter(([, value]) => (value ?? "").trim() !== ""));
}

export function withoutProxyFor(hosts, source) {
  // Where both spellings are set, the small one is read.
  const already = source.no_proxy ?? source.NO_PROXY ?? "";
  const names = already.split(/[\s,]+/).filter((name) => name !== "");
  const list = [...new Set([...names, ...hosts])].join(",");
  return { ...source, no_proxy: list, NO_PROXY: list };
}
