export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-base font-semibold tracking-tight">
      <svg aria-hidden viewBox="0 0 20 20" className="size-5 text-accent-text">
        <path
          d="M10 1.6 18.4 10 10 18.4 1.6 10Z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.7"
          strokeLinejoin="round"
        />
        <path d="M5.6 10h8.8M7.8 12.6h4.4M7.8 7.4h4.4" stroke="currentColor" strokeWidth="1.7" />
      </svg>
      ScraperSky
    </span>
  );
}
