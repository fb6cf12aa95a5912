/**
 * A small print shop: flat inks, halftones, and the few shapes our pictures share. Every shape is a piece of SVG.
 * Nothing here is drawn by lot: the same picture comes out every time.
 */

export const ink = {
  fir: "#0B5A3E",
  night: "#083F2C",
  sage: "#8DB89A",
  mist: "#D3E3D6",
  sand: "#F0D9A8",
  sandstone: "#E9BE74",
  cream: "#F7EDD8",
  ochre: "#E0A24E",
  clay: "#B9683A",
} as const;
export type Ink = (typeof ink)[keyof typeof ink];
export type Shape = string;

export const sheet = { width: 1280, height: 800 } as const;

const round = (value: number): number => Math.round(value * 10) / 10;

export const path = (d: string, fill: Ink, more = ""): Shape => `<path d="${d}" fill="${fill}" ${more}/>`;
export const disc = (x: number, y: number, radius: number, fill: Ink): Shape =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}"/>`;
export const box = (x: number, y: number, width: number, height: number, fill: Ink, more = ""): Shape =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}" ${more}/>`;
/** A line as a pen draws it: `d` open, no filling. */
export const stroke = (d: string, colour: Ink, width: number, more = ""): Shape =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
export const placed = (x: number, y: number, scale: number, ...shapes: Shape[]): Shape =>
  `<g transform="translate(${round(x)} ${round(y)}) scale(${scale})">${shapes.join("")}</g>`;
/** Shapes seen only through an outline. */
export const within = (name: string, outline: string, ...shapes: Shape[]): Shape =>
  `<clipPath id="${name}"><path d="${outline}"/></clipPath><g clip-path="url(#${name})">${shapes.join("")}</g>`;

/** A wave of land or water: the sum of swings `[height, length, start]` around `y`. */
type Swing = readonly [height: number, length: number, start: number];
export const waveAt =
  (y: number, swings: readonly Swing[]) =>
  (x: number): number =>
    swings.reduce((sum, [height, length, start]) => sum + height * Math.sin((x / length) * 2 * Math.PI + start), y);

/** The outline of everything below a wave, down to `bottom`. */
export function land(wave: (x: number) => number, bottom: number = sheet.height): string {
  const steps = Array.from({ length: sheet.width / 20 + 1 }, (_, step) => step * 20);
  return `M0 ${bottom} ${steps.map((x) => `L${x} ${round(wave(x))}`).join(" ")} L${sheet.width} ${bottom}Z`;
}

export interface Screen {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** Between dots, pixels; at 45 degrees, as printers lay the strongest colour. */
  readonly pitch?: number;
  /** How much of the paper is covered at a place: 0 none, 1 dots that touch. */
  readonly tone: (x: number, y: number) => number;
}

/** One halftone: dots on a turned grid, as large as the tone asks. */
export function halftone({ from, to, pitch = 11, tone }: Screen, fill: Ink): Shape {
  const dots: string[] = [];
  const reach = Math.ceil((to[0] - from[0] + to[1] - from[1]) / pitch);
  const step = pitch * Math.SQRT1_2;
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const [x, y] = [from[0] + (column - row) * step, from[1] + (column + row) * step];
      if (x < from[0] || x > to[0] || y < from[1] || y > to[1]) continue;
      const radius = round((pitch / 2) * Math.sqrt(Math.max(0, Math.min(1, tone(x, y)))));
      if (radius < 0.8) continue;
      dots.push(
        `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 0 ${radius * 2} 0a${radius} ${radius} 0 1 0 ${-radius * 2} 0`,
      );
    }
  }
  return path(dots.join(""), fill);
}

/** From 0 at `start` to 1 at `end`. */
export const fade = (value: number, start: number, end: number): number =>
  Math.max(0, Math.min(1, (value - start) / (end - start)));

/** A house with its gable to the street; windows are given as `[x, y]` from its left foot upwards. */
export function gable(x: number, foot: number, width: number, height: number, roof: number, fill: Ink): Shape {
  return path(`M${x} ${foot}v${-height}l${width / 2} ${-roof}l${width / 2} ${roof}v${height}Z`, fill);
}
/** A house along the street. */
export function longhouse(
  x: number,
  foot: number,
  width: number,
  height: number,
  roof: number,
  walls: Ink,
  tiles: Ink,
): Shape {
  return (
    box(x, foot - height, width, height, walls) +
    path(`M${x - 8} ${foot - height}l${roof * 0.7} ${-roof}h${width + 16 - roof * 1.4}l${roof * 0.7} ${roof}Z`, tiles)
  );
}
/** Rows and columns of the same small window. */
export function windows(
  [x, y]: readonly [number, number],
  [columns, rows]: readonly [number, number],
  [acrossX, acrossY]: readonly [number, number],
  [width, height]: readonly [number, number],
  fill: Ink,
): Shape {
  const panes = Array.from({ length: columns * rows }, (_, pane) => {
    const [left, top] = [x + (pane % columns) * acrossX, y + Math.floor(pane / columns) * acrossY];
    return `M${round(left)} ${round(top)}h${width}v${height}h${-width}Z`;
  });
  return path(panes.join(""), fill);
}

export const poplar = (x: number, foot: number, height: number, fill: Ink): Shape =>
  path(
    `M${x} ${foot}v${-height * 0.14}c${-height * 0.2} ${-height * 0.12} ${-height * 0.16} ${-height * 0.6} 0 ${-height * 0.86}c${height * 0.16} ${height * 0.26} ${height * 0.2} ${height * 0.74} ${height * 0.03} ${height * 0.86}v${height * 0.14}Z`,
    fill,
  );
/** A round crown on a stem. */
export const linden = (x: number, foot: number, size: number, fill: Ink): Shape =>
  box(x - size * 0.05, foot - size * 0.5, size * 0.1, size * 0.5, fill) +
  path(
    `M${x - size * 0.4} ${foot - size * 0.42}c${-size * 0.18} ${-size * 0.2} ${-size * 0.06} ${-size * 0.42} ${size * 0.12} ${-size * 0.42}c${size * 0.04} ${-size * 0.24} ${size * 0.46} ${-size * 0.26} ${size * 0.54} ${-size * 0.02}c${size * 0.2} 0 ${size * 0.28} ${size * 0.28} ${size * 0.12} ${size * 0.44}c${-size * 0.2} ${size * 0.08} ${-size * 0.6} ${size * 0.08} ${-size * 0.78} 0Z`,
    fill,
  );
/** A bird far away. */
export const bird = (x: number, y: number, size: number, colour: Ink): Shape =>
  path(
    `M${x - size} ${y - size * 0.35}q${size * 0.7} ${-size * 0.2} ${size} ${size * 0.35}q${size * 0.3} ${-size * 0.55} ${size} ${-size * 0.35}q${-size * 0.65} ${size * 0.05} ${-size} ${size * 0.62}q${-size * 0.35} ${-size * 0.57} ${-size} ${-size * 0.62}Z`,
    colour,
  );

/** Quiet water: short strokes that lie where they are told, `[x, y, length]`. */
export const ripples = (strokes: readonly (readonly [number, number, number])[], colour: Ink, width = 5): Shape =>
  stroke(strokes.map(([x, y, length]) => `M${x} ${y}h${length}`).join(""), colour, width);
