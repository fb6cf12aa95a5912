import { disc, type Ink, path, type Shape, stroke } from "./ink.ts";

/** The emblem of the invented association: a ferry on three waves below a low sun, in a shield. */
interface Emblem {
  readonly line: Ink | "#7FCBA4";
  readonly sun: Ink;
}
export const emblems = {
  "logo.svg": { line: "#0B5A3E", sun: "#B9683A" },
  "logo-dunkel.svg": { line: "#7FCBA4", sun: "#F0D9A8" },
} as const satisfies Readonly<Record<string, Emblem>>;

const side = { width: 144, height: 168 } as const;

export function emblem({ line, sun }: Emblem): string {
  const ink = line as Ink;
  const shapes: Shape[] = [
    stroke("M8 8 H136 V92 C136 132 104 152 72 162 C40 152 8 132 8 92 Z", ink, 9),
    disc(99, 42, 15, sun),
    path("M48 72 V46 H74 V72 Z M53 52 H59 V60 H53 Z M64 52 H70 V60 H64 Z", ink, 'fill-rule="evenodd"'),
    path("M60 46 V26 H65 V46 Z", ink),
    path("M26 72 H118 L108 92 H36 Z", ink),
    ...[106, 122].map((y) => stroke(wave(y, y === 106 ? 27 : 40, y === 106 ? 4 : 3), ink, 7)),
    stroke(wave(138, 60, 1), ink, 7),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${side.width}" height="${side.height}" viewBox="0 0 ${side.width} ${side.height}"><title>Eine Fähre unter tiefer Sonne</title>${shapes.join("")}</svg>\n`;
}

const half = 11;
/** So many crests from `x` on. */
const wave = (y: number, x: number, crests: number): string =>
  `M${x} ${y} ${Array.from({ length: crests }, () => `q${half / 2} -9 ${half} 0 t${half} 0`).join(" ")}`;
