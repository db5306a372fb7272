"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "./button.tsx";

const SHOWN_MS = 1500;

/** Copies a value; says so for a moment. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <IconButton
      label={copied ? "Copied" : label}
      className="size-6"
      onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}
    >
      {copied ? <Check className="size-3.5 text-complete" /> : <Copy className="size-3.5" />}
    </IconButton>
  );
}

/** An id to compare or paste elsewhere: shortened to read, whole when copied. */
export function CopyableId({ id, label }: { id: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      <span className="figures text-muted" title={id}>
        {id.slice(0, 8)}
      </span>
      <CopyButton value={id} label={label} />
    </span>
  );
}
