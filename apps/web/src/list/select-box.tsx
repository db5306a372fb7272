"use client";

/** A box that takes rows into the selection; with shift it takes all between the last one and this. */
export function SelectBox({
  label,
  state,
  onPress,
}: {
  label: string;
  state: "all" | "some" | "none";
  onPress: (through: boolean) => void;
}) {
  return (
    // The whole cell can be pressed, and stands above the link that covers the row.
    <label className="relative z-1 flex w-11 items-center justify-center select-none max-lg:h-7 lg:-ml-2 lg:size-8 pointer-coarse:h-11">
      <input
        type="checkbox"
        aria-label={label}
        checked={state === "all"}
        ref={(box) => {
          if (box) box.indeterminate = state === "some";
        }}
        onClick={(event) => onPress(event.shiftKey)}
        onChange={() => undefined}
        className="size-4 accent-[var(--accent)]"
      />
    </label>
  );
}
