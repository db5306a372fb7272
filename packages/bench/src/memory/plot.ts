const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [800, 320, 56, 16, 16, 40];

/** Megabytes over seconds as a picture: an SVG that follows the theme of whoever looks. */
export function plotMemory(samples: readonly { seconds: number; mb: number }[]): string {
  const [lastSecond, most] = [
    samples.at(-1)?.seconds ?? 0,
    Math.max(...samples.map(({ mb }) => mb)),
  ];
  const top = Math.ceil(most / 100) * 100;
  const x = (seconds: number) => LEFT + (seconds / lastSecond) * (WIDTH - LEFT - RIGHT);
  const y = (mb: number) => HEIGHT - BOTTOM - (mb / top) * (HEIGHT - TOP - BOTTOM);
  const points = samples.map(({ seconds, mb }) => `${x(seconds).toFixed(1)},${y(mb).toFixed(1)}`);
  const rows = Array.from({ length: top / 100 + 1 }, (_, at) => at * 100);
  const minutes = lastSecond / 60;
  const columns = [0, 0.25, 0.5, 0.75, 1].map((share) => share * minutes);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<style>text{fill:#555}.g{stroke:#8884}.l{fill:none;stroke:#2a78d6;stroke-width:1.5}@media(prefers-color-scheme:dark){text{fill:#aaa}.l{stroke:#3987e5}}</style>
${rows.map((mb) => `<path class="g" d="M${LEFT} ${y(mb)}H${WIDTH - RIGHT}"/><text x="${LEFT - 6}" y="${y(mb) + 4}" text-anchor="end">${mb}</text>`).join("\n")}
${columns.map((minute) => `<text x="${x(minute * 60)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${Math.round(minute * 10) / 10}</text>`).join("\n")}
<text x="${(WIDTH + LEFT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">minutes</text><text x="${LEFT}" y="11" text-anchor="end">MB</text>
<polyline class="l" points="${points.join(" ")}"/>
</svg>
`;
}
