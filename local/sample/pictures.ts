import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { bridge } from "./pictures/bridge.ts";
import { dyke } from "./pictures/dyke.ts";
import { emblem, emblems } from "./pictures/emblem.ts";
import { flood } from "./pictures/flood.ts";
import { gauge } from "./pictures/gauge.ts";
import { type Ink, ink, type Shape, sheet } from "./pictures/ink.ts";
import { library } from "./pictures/library.ts";
import { type Sitter, sitters } from "./pictures/portraits.ts";
import { roof } from "./pictures/roof.ts";
import { stop } from "./pictures/stop.ts";
import { wind } from "./pictures/wind.ts";

/** Prints the sample's pictures beside its articles: `npm run pictures`. The same bytes on the same machine, always. */

const articles = join(dirname(fileURLToPath(import.meta.url)), "elblandbote", "articles");

interface Print {
  readonly draw: () => Shape;
  readonly paper: Ink;
}
const prints: Readonly<Record<string, Print>> = {
  "hochwasser/flut.jpg": { draw: flood, paper: ink.cream },
  "hochwasser/deich.jpg": { draw: dyke, paper: ink.cream },
  "pegel/pegel.jpg": { draw: gauge, paper: ink.sand },
  "bruecke/bruecke.jpg": { draw: bridge, paper: ink.cream },
  "wind/windraeder.jpg": { draw: wind, paper: ink.mist },
  "bibliothek/bahnhof.jpg": { draw: library, paper: ink.night },
  "rufbus/haltestelle.jpg": { draw: stop, paper: ink.cream },
  "schuldach/dach.jpg": { draw: roof, paper: ink.sand },
};
const portraits: Readonly<Record<string, Sitter>> = {
  "editorial/yildiz.jpg": sitters.editor,
  "hochwasser/serak.jpg": sitters.ferryman,
  "rufbus/handrik.jpg": sitters.gardener,
  "wind/muehlbach.jpg": sitters.mayor,
  "bibliothek/nguyen.jpg": sitters.engineer,
  "vergabe/weiss-oezdemir.jpg": sitters.lawyer,
};

const framed = (paper: Ink, width: number, height: number, shapes: Shape): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${paper}"/>${shapes}</svg>`;

const scene = ({ draw, paper }: Print): string => framed(paper, sheet.width, sheet.height, draw());

/** Before a sandstone disc; who looks left is the same sheet turned over. */
function portrait({ draw, paper, facing }: Sitter): string {
  const turned = facing === "left" ? 'transform="translate(400 0) scale(-1 1)"' : "";
  return framed(
    paper,
    400,
    500,
    `<circle cx="200" cy="216" r="168" fill="${ink.sandstone}"/><g ${turned}>${draw()}</g>`,
  );
}

/** Ink spreads a little on paper; it also keeps the file small. */
const spread = 0.7;

async function print(file: string, svg: string): Promise<void> {
  const place = join(articles, file);
  await mkdir(dirname(place), { recursive: true });
  const { size } = await sharp(Buffer.from(svg)).blur(spread).jpeg({ quality: 72, mozjpeg: true }).toFile(place);
  process.stdout.write(`${file}  ${Math.round(size / 1000)} KB\n`);
}

for (const [file, scenery] of Object.entries(prints)) await print(file, scene(scenery));
for (const [file, sitter] of Object.entries(portraits)) await print(file, portrait(sitter));
for (const [file, colours] of Object.entries(emblems)) await writeFile(join(articles, "..", file), emblem(colours));
