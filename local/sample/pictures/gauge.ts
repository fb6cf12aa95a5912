import { glitter } from "./glitter.ts";
import {
  box,
  disc,
  fade,
  halftone,
  ink,
  land,
  path,
  placed,
  poplar,
  ripples,
  type Shape,
  sheet,
  stroke,
  waveAt,
} from "./ink.ts";

const { width, height } = sheet;

/** The gauge at the quay wall, and the gull that reads it. */
export function gauge(): Shape {
  const hills = waveAt(330, [
    [40, 980, 1.2],
    [14, 360, 2],
  ]);
  const water = 500;
  const marks = Array.from({ length: 6 }, (_, mark) => 232 + mark * 84);
  return [
    disc(392, 276, 116, ink.ochre),
    path(land(hills), ink.sage),
    halftone(
      {
        from: [0, 280],
        to: [796, water],
        pitch: 18,
        tone: (x, y) => (y > hills(x) + 6 ? 0.1 + 0.6 * fade(y, 340, 500) : 0),
      },
      ink.fir,
    ),
    ...[60, 118, 168, 236, 560, 612, 690].map((x, index) => poplar(x, water, 96 + ((index * 37) % 70), ink.fir)),
    box(0, water, width, height - water, ink.mist),
    glitter(392, 530, [230, 190, 210, 150, 170, 110, 84, 50]),
    ripples(
      [
        [30, 560, 120],
        [60, 640, 90],
        [620, 556, 110],
        [560, 640, 160],
        [70, 730, 200],
        [520, 744, 140],
      ],
      ink.fir,
      4,
    ),
    path(`M800 ${height}V150H${width}V${height}Z`, ink.fir),
    path(`M792 150l26 -34H${width}v48H792Z`, ink.sage),
    wallJoints(),
    box(906, 190, 136, 560, ink.cream),
    ...marks.flatMap((y, mark) => [
      box(906 + (mark % 2) * 68, y - 42, 68, 84, ink.fir),
      ...[-28, 0, 28].map((tick) =>
        box(906 + ((mark + 1) % 2) * 68 + (mark % 2 ? 30 : 0), y + tick - 5, 38, 10, ink.fir),
      ),
      numeral(mark, 1078, y + 22),
    ]),
    path("M700 668q40 -14 80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0V800H700Z", ink.mist),
    gull(),
  ].join("");
}

const wallJoints = (): Shape =>
  stroke(
    [230, 310, 390, 470, 550, 630]
      .map(
        (y, row) =>
          `M804 ${y}h102M1042 ${y}h238${row % 2 ? `M850 ${y}v80M1160 ${y}v80` : `M1100 ${y}v80M1226 ${y}v80`}`,
      )
      .join(""),
    ink.sage,
    2,
  );
const numeral = (mark: number, x: number, y: number): Shape =>
  stroke(digits[7 - mark] ?? "", ink.cream, 9, `transform="translate(${x} ${y - 44})"`);
/** 1 to 7, drawn in a field of 26 by 44. */
const digits: Readonly<Record<number, string>> = {
  1: "M4 10L16 0V44",
  2: "M2 12Q4 0 14 0Q26 0 24 14Q22 24 2 44H26",
  3: "M2 2H24L12 18Q26 18 25 32Q23 44 12 44Q4 44 1 37",
  4: "M18 44V0L0 30H26",
  5: "M24 0H6L3 20Q10 15 17 18Q26 22 24 32Q21 44 10 44Q4 44 0 39",
  6: "M20 0Q2 10 1 30Q2 44 13 44Q25 44 25 31Q24 20 13 20Q4 20 1 30",
  7: "M0 0H26L10 44",
};

const gull = (): Shape =>
  placed(
    1140,
    68,
    1.1,
    stroke("M-12 18v24M8 18v24M-12 40h10M8 40h10", ink.clay, 5),
    path(
      "M-92 16q50 -6 66 -26q16 -16 40 -14q6 -22 26 -24q20 0 22 18l18 7l-18 7q2 20 -18 34q-22 14 -66 12q-34 -2 -70 -14Z",
      ink.cream,
    ),
    path("M-92 16q44 -10 62 -22q22 -10 46 4q-12 26 -46 26q-32 0 -62 -8Z", ink.fir),
    path("M61 -30l19 8l-19 6Z", ink.clay),
    disc(46, -31, 3.4, ink.night),
  );
