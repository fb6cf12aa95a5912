import {
  bird,
  box,
  disc,
  fade,
  halftone,
  ink,
  land,
  path,
  placed,
  poplar,
  type Shape,
  sheet,
  stroke,
  waveAt,
} from "./ink.ts";

const { width } = sheet;

/** A bus stop in the fields, and the bus that comes when it is called. */
export function stop(): Shape {
  const far = waveAt(380, [
    [36, 1000, 1.4],
    [10, 330, 0.4],
  ]);
  const meadow = waveAt(470, [[20, 1500, 0.4]]);
  return [
    disc(410, 276, 118, ink.ochre),
    path(land(far), ink.sage),
    halftone(
      {
        from: [0, 320],
        to: [width, 500],
        pitch: 18,
        tone: (x, y) => (y > far(x) + 6 && y < meadow(x) ? 0.14 + 0.55 * fade(y, 360, 480) : 0),
      },
      ink.fir,
    ),
    ...[40, 104, 160, 212, 258].map((x, index) => poplar(x, 500 - index * 8, 230 - index * 40, ink.fir)),
    path(land(meadow), ink.fir),
    path(
      "M0 800C180 690 520 640 620 590C690 552 560 520 600 478L618 478C590 520 740 548 740 596C730 680 640 740 600 800Z",
      ink.cream,
    ),
    stroke("M330 770C420 730 560 690 640 640", ink.sage, 7, 'stroke-dasharray="46 34"'),
    bus(),
    path("M700 800C780 716 900 690 1280 684V800Z", ink.sage),
    shelter(),
    path("M764 470a40 40 0 1 1 0.1 0Z", ink.ochre),
    stroke("M750 412v36M778 412v36M750 430h28", ink.fir, 8),
    box(759, 470, 10, 290, ink.cream),
    box(744, 540, 62, 84, ink.cream),
    stroke("M756 560h38M756 576h38M756 592h38M756 608h22", ink.fir, 4),
    bird(640, 150, 22, ink.fir),
    bird(700, 120, 15, ink.fir),
    bird(596, 112, 13, ink.fir),
  ].join("");
}

const bus = (): Shape =>
  placed(
    606,
    470,
    0.86,
    path("M-58 92v-86q0 -18 18 -18h96q20 0 20 18v86q0 8 -10 8h-114q-10 0 -10 -8Z", ink.ochre),
    path("M-46 12h110v36h-110Z", ink.cream),
    path("M-30 -6h76v12h-76Z", ink.fir),
    disc(-38, 74, 9, ink.cream),
    disc(56, 74, 9, ink.cream),
    box(-48, 98, 26, 14, ink.fir),
    box(40, 98, 26, 14, ink.fir),
    path("M28 48v-18q2 -12 12 -12q10 0 12 12v18Z", ink.fir),
  );

/** A roof, a bench, a school child and somebody with a shopping bag. */
const shelter = (): Shape =>
  [
    path("M856 426L1236 396L1258 438L844 462Z", ink.ochre),
    box(876, 456, 14, 280, ink.cream),
    box(1214, 444, 14, 290, ink.cream),
    path("M890 470L1214 452V650L890 656Z", ink.sage),
    stroke("M920 660h270M946 662v66M1164 660v68", ink.cream, 10),
    path("M984 660q-10 -64 6 -92q14 -18 36 -8q16 12 16 42l-2 34h52v18l-8 76h-20l2 -58h-72Z", ink.fir),
    disc(1016, 532, 24, ink.fir),
    path("M1088 640h52v58q0 10 -10 10h-32q-10 0 -10 -10Z", ink.ochre) +
      stroke("M1100 640q0 -24 14 -24q14 0 14 24", ink.ochre, 6),
    path("M914 728l6 -96q0 -40 26 -42q26 2 26 42l4 96h-22l-8 -60l-10 60Z", ink.fir),
    path("M908 606q-16 4 -16 24v36h26v-64Z", ink.ochre),
    disc(946, 570, 19, ink.fir),
  ].join("");
