import { clientOf, curlOf, procedureCurlOf } from "@scrapersky/api/contract";
import { toast } from "#shell/toast.ts";
import type { Call } from "./call-menu.tsx";

export type CallForm = "curl" | "typescript";

const textOf = (form: CallForm, { rest, ...asked }: Call): string => {
  const call = { ...asked, type: "query" } as const;
  if (form === "typescript") return clientOf(location.origin, call);
  return rest === undefined
    ? procedureCurlOf(location.origin, call)
    : curlOf(location.origin, { method: "GET", path: `/api/v3${rest}` });
};

/** Puts a call on the clipboard, without a key: no page knows one. */
export const copyCall = (form: CallForm, call: Call): Promise<void> =>
  navigator.clipboard.writeText(textOf(form, call)).then(
    () => toast({ key: "call", text: "Copied. It takes the key from SCRAPERSKY_KEY." }),
    () => toast({ key: "call", text: "The browser did not let it be copied." }),
  );
