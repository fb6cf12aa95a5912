import { glitter } from "./glitter.ts";
import {
  bird,
  box,
  disc,
  fade,
  gable,
  halftone,
  ink,
  land,
  linden,
  longhouse,
  path,
  placed,
  ripples,
  type Shape,
  sheet,
  stroke,
  waveAt,
  windows,
} from "./ink.ts";

const { width, height } = sheet;

/** Water over the meadows: the town stays dry on its hill, a boat brings people home. */
export function flood(): Shape {
  const far = waveAt(330, [
    [34, 900, 0.6],
    [12, 340, 1],
  ]);
  const shore = 470;
  const hill = `M0 ${shore}V398C120 372 250 376 380 388S640 424 730 446S800 462 850 ${shore}Z`;
  const houses: Shape[] = [
    longhouse(70, 420, 96, 38, 40, ink.fir, ink.fir),
    gable(176, 414, 62, 62, 40, ink.fir),
    gable(242, 410, 54, 84, 34, ink.fir),
    church(306, 404, ink.fir),
    gable(492, 412, 60, 70, 38, ink.fir),
    longhouse(560, 424, 104, 40, 42, ink.fir, ink.fir),
    gable(676, 440, 50, 52, 30, ink.fir),
  ];
  const mirrored = ripples(
    [
      [0, 492, 620],
      [40, 512, 470],
      [250, 532, 130],
      [90, 532, 90],
    ],
    ink.fir,
    7,
  );
  const lights = [
    windows([92, 392], [3, 1], [24, 0], [9, 14], ink.cream),
    windows([192, 368], [2, 2], [20, 24], [9, 13], ink.cream),
    windows([256, 346], [2, 2], [18, 26], [9, 13], ink.cream),
    windows([398, 356], [3, 1], [26, 0], [8, 24], ink.cream),
    windows([508, 362], [2, 2], [22, 24], [9, 13], ink.cream),
    windows([584, 394], [3, 1], [28, 0], [9, 14], ink.cream),
  ];
  const drowned = [
    [776, 532, 84],
    [1092, 540, 96],
    [1030, 520, 64],
    [1190, 640, 190],
  ] as const;
  return [
    disc(930, 268, 122, ink.ochre),
    path(land(far), ink.mist),
    halftone(
      {
        from: [0, 280],
        to: [width, shore],
        pitch: 18,
        tone: (x, y) => (y > far(x) + 6 && x > 480 ? 0.14 + 0.5 * fade(y, 330, 480) : 0),
      },
      ink.fir,
    ),
    path(hill, ink.fir),
    ...houses,
    ...lights,
    box(0, shore, width, height - shore, ink.mist),
    mirrored,
    glitter(930, 500, [250, 210, 236, 180, 150, 168, 104, 120, 66, 40]),
    ...drowned.map(
      ([x, foot, size]) =>
        linden(x, foot, size, ink.fir) +
        ripples(
          [
            [x - size * 0.3, foot + 8, size * 0.6],
            [x - size * 0.18, foot + 22, size * 0.42],
            [x - size * 0.08, foot + 36, size * 0.2],
          ],
          ink.fir,
        ),
    ),
    signpost(),
    boat(),
    ripples(
      [
        [40, 690, 90],
        [560, 744, 200],
        [880, 760, 130],
        [1090, 706, 120],
        [330, 770, 90],
      ],
      ink.fir,
      4,
    ),
    bird(700, 150, 24, ink.fir),
    bird(768, 186, 17, ink.fir),
    bird(648, 206, 13, ink.fir),
  ].join("");
}

/** A street sign that says how deep the water stands. */
const signpost = (): Shape =>
  box(560, 556, 7, 66, ink.fir) +
  path("M520 530l92 0l24 17l-24 17h-92Z", ink.cream) +
  stroke("M520 530l92 0l24 17l-24 17h-92Z", ink.fir, 5) +
  stroke("M534 547h52", ink.fir, 6) +
  ripples(
    [
      [540, 628, 46],
      [552, 640, 24],
    ],
    ink.fir,
  );

/** A flat boat: one poles, one is fetched home, one holds the dog. */
const boat = (): Shape =>
  placed(
    170,
    616,
    1.2,
    stroke("M276 -112L232 92", ink.fir, 6),
    path("M62 46q-4 -34 4 -52q8 -14 22 -12q16 2 18 20l2 14l26 10l-3 8l-32 -6l2 22Z", ink.fir),
    disc(90, -34, 14, ink.fir),
    path("M142 50v-26q-8 -14 4 -16q10 -6 18 0l8 -8v14q2 8 -6 10v26Z", ink.fir),
    path("M184 50q-6 -30 4 -46q8 -12 20 -8q12 4 12 20l-2 34Z", ink.ochre),
    disc(204, -20, 13, ink.ochre),
    path("M236 44q-6 -44 -2 -62q4 -18 18 -18q12 2 12 16l14 -22l8 6l-20 34l-4 46Z", ink.fir),
    disc(254, -52, 13, ink.fir),
    path("M0 44q150 22 310 -8l-24 44q-136 18 -262 0Z", ink.fir),
    stroke("M14 56q130 14 278 -6", ink.mist, 4),
    ripples(
      [
        [-50, 92, 110],
        [110, 104, 150],
        [310, 90, 60],
      ],
      ink.fir,
    ),
  );

const church = (x: number, foot: number, fill: typeof ink.fir | typeof ink.night): Shape =>
  path(`M${x} ${foot}v-150l-6 -8l10 -16q2 -26 20 -34l6 -52l6 52q18 8 20 34l10 16l-6 8v150Z`, fill) +
  disc(x + 30, foot - 142, 9, ink.cream) +
  path(`M${x + 60} ${foot}v-78l20 -34h74l20 34v78Z`, fill);
