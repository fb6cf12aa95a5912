import { glitter } from "./glitter.ts";
import {
  box,
  disc,
  fade,
  halftone,
  ink,
  land,
  path,
  ripples,
  type Shape,
  sheet,
  stroke,
  waveAt,
  within,
} from "./ink.ts";

const { width, height } = sheet;

/** The old stone bridge at evening, and its other half in the water. */
export function bridge(): Shape {
  const hills = waveAt(300, [
    [48, 1100, 2.2],
    [16, 420, 0.4],
  ]);
  const water = 560;
  const sun = 805;
  const arches = [170, 424, 694, 964].map((left, index) => [left, [206, 222, 222, 206][index] ?? 206] as const);
  const openings = arches
    .map(([left, span]) => `M${left} ${water}v-86a${span / 2} ${span / 2 - 14} 0 0 1 ${span} 0v86Z`)
    .join("");
  const mirror = arches
    .map(([left, span]) => `M${left} ${water}v50a${span / 2} ${span / 2 - 44} 0 0 0 ${span} 0v-50Z`)
    .join("");
  const deck = `M0 ${water}V372Q640 300 ${width} 372V${water}Z`;
  return [
    disc(sun, 330, 150, ink.ochre),
    path(land(hills), ink.sage),
    halftone(
      {
        from: [0, 240],
        to: [width, water],
        pitch: 18,
        tone: (x, y) => (y > hills(x) + 6 && y < 372 ? 0.62 * fade(y, 520, 260) : 0),
      },
      ink.fir,
    ),
    within(
      "arches",
      openings,
      box(0, 300, width, 300, ink.cream),
      disc(sun, 330, 150, ink.ochre),
      path(land(waveAt(520, [[10, 300, 1]])), ink.sage),
    ),
    `<path d="${deck}${openings}" fill="${ink.fir}" fill-rule="evenodd"/>`,
    stroke(`M0 392Q640 320 ${width} 392`, ink.cream, 4),
    ...[146, 400, 670, 940, 1194].map(
      (x) =>
        path(`M${x - 24} ${water + 14}v-104l24 -30l24 30v104Z`, ink.fir) +
        stroke(`M${x - 14} ${water - 40}h28M${x - 14} ${water - 64}h28`, ink.cream, 3),
    ),
    ...[300, 640, 980].map((x) => stroke(`M${x} 352v-74q0 -14 14 -14`, ink.fir, 6) + disc(x + 16, 272, 11, ink.ochre)),
    cyclists(),
    box(0, water, width, height - water, ink.cream),
    `<path d="M0 ${water}h${width}v120Q640 760 0 680Z${mirror}" fill="${ink.sage}" fill-rule="evenodd"/>`,
    ripples(
      [
        [40, 596, 90],
        [200, 640, 150],
        [460, 608, 120],
        [470, 672, 80],
        [610, 716, 190],
        [860, 640, 140],
        [1030, 700, 170],
        [1120, 604, 110],
        [90, 740, 210],
        [880, 764, 240],
        [400, 770, 120],
      ],
      ink.fir,
    ),
    glitter(sun, 592, [150, 120, 160, 110, 84, 60, 32]),
  ].join("");
}

/** Two towns, one bridge: somebody rides each way. */
const cyclists = (): Shape => rider(430, 318, 1) + rider(850, 318, -1);
const rider = (x: number, y: number, facing: 1 | -1): Shape =>
  `<g transform="translate(${x} ${y}) scale(${facing * 0.9} 0.9)">${[
    `<g fill="none" stroke="${ink.fir}" stroke-width="5" stroke-linecap="round"><circle cx="-26" cy="0" r="18"/><circle cx="30" cy="0" r="18"/><path d="M-26 0l18 -28h26l12 28M-8 -28l12 26l14 -26M18 -28l-3 -10h10"/></g>`,
    path("M-14 -32q-2 -34 18 -42q10 4 12 14l12 16l-4 6l-16 -10l-6 18q6 12 2 34l-8 0q0 -20 -10 -30Z", ink.fir),
    disc(10, -86, 11, ink.fir),
  ].join("")}</g>`;
