import { glitter } from "./glitter.ts";
import {
  bird,
  disc,
  fade,
  halftone,
  ink,
  land,
  linden,
  path,
  placed,
  ripples,
  type Shape,
  sheet,
  stroke,
  waveAt,
} from "./ink.ts";

const { width } = sheet;

/** The dyke in spring: grass, the river on one side, and those who mow it. */
export function dyke(): Shape {
  const hills = waveAt(286, [
    [30, 860, 0],
    [14, 310, 2],
  ]);
  const crest = "M0 560C260 520 470 420 720 372C900 338 1080 330 1280 336";
  return [
    disc(236, 210, 104, ink.ochre),
    path(land(hills), ink.sage),
    halftone(
      {
        from: [0, 240],
        to: [width, 366],
        pitch: 18,
        tone: (x, y) => (y > hills(x) + 6 ? 0.12 + 0.5 * fade(y, 420, 280) : 0),
      },
      ink.fir,
    ),
    path(`M0 372H${width}V800H0Z`, ink.cream),
    glitter(236, 396, [230, 190, 214, 150, 120, 70], 22),
    ripples(
      [
        [520, 392, 120],
        [440, 420, 90],
        [30, 470, 70],
      ],
      ink.sage,
    ),
    path(`${crest}V800H0Z`, ink.fir),
    path(
      "M0 628C300 600 520 500 760 432C960 380 1130 364 1280 362V420C1130 424 960 450 800 512C560 606 300 720 150 800H0Z",
      ink.sage,
    ),
    path(
      "M0 588C280 556 500 456 744 398C930 358 1110 346 1280 350V362C1130 364 960 380 760 432C520 500 300 600 0 628Z",
      ink.cream,
    ),
    stroke(tufts, ink.sage, 4),
    ...sheep.map(
      ([x, y, size, facing]) => `<g transform="translate(${x} ${y}) scale(${size * facing} ${size})">${oneSheep}</g>`,
    ),
    walker(),
    linden(1168, 352, 150, ink.fir),
    linden(1060, 350, 96, ink.fir),
    bird(560, 150, 20, ink.fir),
    bird(618, 176, 14, ink.fir),
  ].join("");
}

/** Grass, a few blades at a time. */
const tufts = [
  [560, 770],
  [600, 690],
  [780, 740],
  [900, 700],
  [1010, 560],
  [1090, 480],
  [1130, 720],
  [1190, 580],
  [1230, 660],
  [930, 770],
  [740, 612],
  [1170, 470],
  [1060, 776],
]
  .map(([x = 0, y = 0]) => `M${x} ${y}q-2 -14 -10 -20M${x + 4} ${y}v-26M${x + 8} ${y}q2 -12 10 -18`)
  .join("");

const sheep = [
  [330, 664, 1.5, 1],
  [500, 640, 1.25, -1],
  [470, 742, 1.75, -1],
  [660, 556, 0.95, 1],
  [690, 660, 1.4, 1],
  [860, 604, 1.1, -1],
  [820, 520, 0.8, -1],
  [960, 500, 0.7, 1],
  [1010, 640, 1.25, 1],
] as const;
const oneSheep =
  stroke("M-22 18v24M-10 20v24M14 20v24M24 18v24", ink.night, 6) +
  path(
    "M-40 6q-6 -18 10 -22q4 -14 20 -10q12 -10 24 0q18 -2 20 12q10 10 0 20q-2 14 -18 14q-30 4 -46 0q-12 0 -10 -14Z",
    ink.cream,
  ) +
  path("M30 -14q14 -12 26 2q4 12 -6 18q-10 4 -18 -2Z", ink.night);

/** Who walks the dyke every week. */
const walker = (): Shape =>
  placed(
    752,
    376,
    1.25,
    path("M-12 -2l6 -44q-6 -34 12 -40q18 4 16 40l8 44h-11l-9 -36l-10 36Z", ink.night),
    disc(6, -98, 12, ink.night),
    stroke("M20 -62l14 18M34 -70V-2", ink.night, 5),
  );
