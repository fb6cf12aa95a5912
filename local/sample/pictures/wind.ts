import {
  bird,
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
  type Shape,
  sheet,
  waveAt,
} from "./ink.ts";

const { width } = sheet;

/** Three wheels over ploughed land. */
export function wind(): Shape {
  const far = waveAt(430, [
    [40, 1100, 0.3],
    [12, 360, 1],
  ]);
  const middle = waveAt(500, [
    [36, 900, 2.6],
    [8, 300, 0],
  ]);
  const field = waveAt(590, [[22, 1300, 4.6]]);
  const furrows = Array.from({ length: 17 }, (_, row) => {
    const [top, foot] = [140 + row * 62, -760 + row * 178];
    return `M${top} ${field(Math.max(0, Math.min(width, top))) + 2}L${foot} 800h56Z`;
  });
  return [
    disc(330, 300, 132, ink.ochre),
    path(land(far), ink.sage),
    halftone(
      {
        from: [0, 380],
        to: [width, 560],
        pitch: 18,
        tone: (x, y) => (y > far(x) + 6 && y < middle(x) ? 0.12 + 0.6 * fade(y, 430, 560) : 0),
      },
      ink.fir,
    ),
    wheel(1080, 486, 0.86, 34),
    wheel(520, 474, 0.7, 78),
    wheel(790, 520, 1.24, 12),
    path(land(middle), ink.fir),
    gable(180, 512, 40, 34, 22, ink.cream),
    longhouse(226, 514, 70, 26, 26, ink.cream, ink.ochre),
    gable(308, 516, 34, 40, 20, ink.cream),
    path("M352 520v-66l12 -40l12 40v66Z", ink.cream),
    linden(150, 518, 54, ink.sage),
    linden(414, 524, 60, ink.sage),
    path(land(field), ink.cream),
    path(furrows.join(""), ink.ochre),
    hare(),
    bird(150, 170, 22, ink.fir),
    bird(212, 140, 15, ink.fir),
  ].join("");
}

function wheel(x: number, foot: number, scale: number, turn: number): Shape {
  const blade = "M-4 -8C-13 -60 -7 -120 2 -176C9 -120 11 -60 5 -8Z";
  const blades = [0, 120, 240].map(
    (angle) => `<path d="${blade}" fill="${ink.fir}" transform="rotate(${angle + turn})"/>`,
  );
  return placed(
    x,
    foot - 260 * scale,
    scale,
    path("M-4 0h8l7 300h-22Z", ink.fir),
    ...blades,
    disc(0, 0, 11, ink.fir),
    disc(0, 0, 4, ink.mist),
  );
}

const hare = (): Shape =>
  placed(
    1020,
    700,
    1.2,
    path(
      "M-58 40q-14 -52 26 -64q26 -8 40 4l10 -8q-10 -34 0 -60q10 8 10 40q8 -28 22 -36q6 26 -10 54q22 8 24 24q-2 12 -22 12q-10 18 -16 34h-12l-4 -22q-12 10 -26 10l10 12h-44Z",
      ink.fir,
    ),
    disc(-58, 30, 10, ink.cream),
    disc(44, -8, 3.4, ink.cream),
  );
