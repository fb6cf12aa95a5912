import { box, disc, fade, halftone, type Ink, ink, linden, path, type Shape, sheet, stroke } from "./ink.ts";

const { width } = sheet;

/** The old station at night, now full of books: every window lit. */
export function library(): Shape {
  const arch = (x: number): string => `M${x} 590v-190a76 76 0 0 1 152 0v190Z`;
  const arches = [314, 564, 814];
  return [
    disc(1080, 170, 66, ink.cream),
    halftone(
      { from: [0, 0], to: [width, 610], pitch: 24, tone: (x, y) => moonlight(Math.hypot(x - 1080, y - 170)) },
      ink.sage,
    ),
    path("M0 640q320 -30 640 -22t640 -10V800H0Z", ink.fir),
    box(250, 300, 780, 330, ink.fir),
    path("M220 306l86 -92h668l86 92Z", ink.sage),
    path("M540 214l100 -92l100 92Z", ink.sage),
    disc(640, 184, 28, ink.cream),
    stroke("M640 184v-17M640 184l11 8", ink.night, 5),
    box(226, 300, 828, 14, ink.cream),
    path(arches.map(arch).join(""), ink.ochre),
    ...arches.map((x) => stroke(`M${x} 590v-190a76 76 0 0 1 152 0v190M${x} 400h152M${x + 76} 324v76`, ink.cream, 7)),
    shelves(314),
    shelves(814),
    reader(),
    box(250, 590, 780, 10, ink.cream),
    path("M226 630h828v16h-828Z", ink.sage),
    linden(120, 652, 250, ink.sage),
    stroke("M1130 650v-190q0 -20 22 -20", ink.sage, 8) + disc(1160, 446, 17, ink.ochre),
    bicycle(1106, 690),
    stroke("M0 724h1280M0 752h1280", ink.sage, 5),
    ...Array.from({ length: 17 }, (_, sleeper) => box(20 + sleeper * 76, 716, 12, 46, ink.sage)),
  ].join("");
}

const moonlight = (distance: number): number => (distance > 88 ? 0.4 * fade(distance, 300, 90) : 0);

/** Books, back by back; their widths and heights repeat without looking as if they did. */
function shelves(x: number): Shape {
  const colours: Ink[] = [ink.night, ink.cream, ink.fir, ink.night, ink.sage, ink.fir, ink.cream];
  const boards = [462, 526, 588];
  const books = boards.flatMap((board, row) =>
    Array.from({ length: 10 }, (_, book) => {
      const tall = 34 + ((book * 17 + row * 11) % 4) * 5;
      return box(
        x + 9 + book * 13.6,
        board - tall,
        9 + ((book + row) % 3),
        tall,
        colours[(book * 2 + row * 3) % colours.length] ?? ink.fir,
      );
    }),
  );
  return books.join("") + boards.map((board) => box(x + 4, board, 144, 5, ink.fir)).join("");
}

/** Somebody who has forgotten the time, under a lamp. */
const reader = (): Shape =>
  [
    stroke("M596 590v-22h88v22M596 568q-14 -44 4 -76", ink.night, 8),
    path("M602 566q-8 -58 16 -78q20 -10 30 12l6 28l30 6v10l-44 2l-2 20h46v26h-12l-2 -16h-62Z", ink.night),
    disc(640, 470, 19, ink.night),
    path("M620 466q-4 -22 18 -22q22 0 20 16l-20 2q-2 22 -14 24Z", ink.night),
    path("M668 530l28 -22l12 12l-26 24Z", ink.cream),
    stroke("M690 400v34", ink.night, 5) + path("M672 452q0 -22 18 -22q18 0 18 22Z", ink.night),
  ].join("");

const bicycle = (x: number, y: number): Shape =>
  `<g transform="translate(${x} ${y})" fill="none" stroke="${ink.cream}" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"><circle cx="-34" cy="0" r="25"/><circle cx="44" cy="0" r="25"/><path d="M-34 0l26 -40h38l14 40M-8 -40l12 38l26 -38M30 -40l-5 -16h14M-14 -48h14"/></g>`;
