import {
  bird,
  disc,
  fade,
  gable,
  halftone,
  ink,
  land,
  longhouse,
  path,
  placed,
  type Shape,
  sheet,
  stroke,
  waveAt,
  windows,
} from "./ink.ts";

const { width } = sheet;

/** The school roof that pays for its own repair. */
export function roof(): Shape {
  const corners = [0, 1, 2].flatMap((row) =>
    Array.from(
      { length: 5 - (row === 0 ? 1 : 0) },
      (_, column) => [400 + column * 158 - row * 126, 376 + row * 126] as const,
    ),
  );
  const panels = corners.map(([x, y]) => `M${x} ${y}h146l-114 114h-146Z`);
  const cells = corners.map(([x, y]) => `M${x + 73} ${y}l-114 114M${x - 38} ${y + 38}h146M${x - 76} ${y + 76}h146`);
  const hills = waveAt(292, [
    [26, 1000, 0],
    [10, 330, 2],
  ]);
  return [
    disc(1010, 180, 118, ink.clay),
    path(land(hills), ink.sage),
    halftone(
      {
        from: [0, 250],
        to: [width, 352],
        pitch: 18,
        tone: (x, y) => (y > hills(x) + 6 ? 0.1 + 0.5 * fade(y, 290, 380) : 0),
      },
      ink.fir,
    ),
    ...rooftops(),
    path("M352 330H1280V800H-120Z", ink.fir),
    path("M340 322H1280v20H322Z", ink.cream),
    path(panels.join(""), ink.cream),
    stroke(cells.join(""), ink.fir, 3),
    worker(),
    bird(420, 120, 24, ink.fir),
    bird(494, 90, 17, ink.fir),
    bird(360, 74, 14, ink.fir),
  ].join("");
}

const rooftops = (): Shape[] => [
  gable(20, 420, 74, 90, 44, ink.fir),
  gable(104, 420, 60, 120, 40, ink.fir),
  longhouse(176, 420, 110, 76, 46, ink.fir, ink.fir),
  path("M612 332v-128l-8 -12l34 -92l34 92l-8 12v128Z", ink.fir),
  disc(638, 222, 11, ink.sand),
  gable(700, 332, 60, 20, 34, ink.fir),
  windows([38, 352], [2, 2], [26, 30], [12, 17], ink.sand),
  windows([120, 326], [2, 2], [22, 30], [11, 17], ink.sand),
  windows([196, 364], [3, 1], [30, 0], [12, 18], ink.sand),
];

/** Who fastens the last one. */
const worker = (): Shape =>
  placed(
    1010,
    404,
    1.15,
    path(
      "M52 100q-8 -54 8 -84q16 -22 42 -10q18 12 14 40l-6 54q22 4 26 22l6 36q2 14 -14 14h-34v-14h18l-6 -22h-58q-2 22 -12 36h-30q0 -14 14 -16q18 -30 32 -56Z",
      ink.clay,
    ),
    path("M66 26q14 -6 20 8l-18 42l-48 26l-10 -10l38 -28Z", ink.clay),
    disc(94, -22, 22, ink.clay),
    path("M68 -22q-2 -28 26 -28q26 0 26 28h-10h-46Z", ink.cream),
    stroke("M14 96L-14 118", ink.cream, 7),
  );
