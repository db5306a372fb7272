import { TextLink } from "./text-link.tsx";

/** A number to call, as people write it; what is no number with its country is text. */
export function TelLink({ text, number = text }: { text: string; number?: string }) {
  const called = number.replace(/[\s()./–-]/g, "");
  return /^\+\d+$/.test(called) ? (
    <TextLink href={`tel:${called}`} className="tabular-nums">
      {text}
    </TextLink>
  ) : (
    <span className="tabular-nums">{text}</span>
  );
}
