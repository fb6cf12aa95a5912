import { disc, type Ink, ink, path, type Shape, stroke } from "./ink.ts";

/** Six people in profile: one colour, cut like a silhouette at a fair, with one thing that is theirs in the paper's. */

const forehead = "C232 98 254 108 262 138C266 154 264 166 270 178";
/** Nose, lips and chin, by temper; each begins under the brow and ends at the throat. */
const faces = {
  straight:
    "C272 188 288 212 296 226C298 234 290 238 278 238C276 242 280 248 284 252C286 257 282 259 277 260C281 263 283 268 280 273C276 280 276 284 280 292C282 306 272 318 256 320C244 322 234 324 226 330",
  long: "C274 188 294 218 302 234C304 241 294 244 280 243C277 248 281 252 285 257C287 262 282 264 277 264C280 268 281 273 278 278C273 286 277 290 280 300C280 316 266 326 250 326C240 326 232 328 226 334",
  round:
    "C268 190 280 204 290 218C296 226 290 234 278 235C275 240 281 245 284 250C286 256 281 258 276 258C282 262 284 268 279 273C274 279 278 283 280 290C282 304 268 316 252 317C242 318 234 321 226 328",
} as const;
type Face = keyof typeof faces;

const head = (face: Face, back: string): string => `M204 94${forehead}${faces[face]}L228 372${bust}L${back}Z`;
const bust = "C238 396 318 394 344 432C356 452 362 476 364 500H36C38 470 44 446 60 428C84 398 140 400 150 366";
const nape = "150 366C155 346 152 330 146 312C118 284 106 240 110 186C114 128 152 94 204 94";

const person = (face: Face, ...more: Shape[]): Shape => path(head(face, nape), ink.fir) + more.join("");
const glasses = stroke("M246 176q20 -8 28 6q4 22 -14 24q-18 0 -18 -22M242 184L182 176", ink.cream, 5);

/** A bun, and an earring. */
const gardener = (): Shape =>
  person(
    "straight",
    path(
      "M214 84C262 84 282 118 276 146C250 150 222 142 206 128C196 176 190 214 196 250C170 268 140 256 126 232C104 196 104 150 128 116C148 92 180 82 214 84Z",
      ink.fir,
    ),
    disc(104, 128, 44, ink.fir),
    stroke("M136 96C128 120 126 140 130 158", ink.cream, 4),
    disc(196, 262, 7, ink.cream),
    stroke("M150 398Q196 452 250 398", ink.cream, 5),
  );

/** Short hair, beard, glasses. */
const engineer = (): Shape =>
  person(
    "long",
    path(
      "M108 196C98 126 132 78 204 78C246 78 276 96 274 134C248 140 222 134 200 128C196 150 192 166 184 186L150 240Z",
      ink.fir,
    ),
    path(
      "M190 232C196 268 214 282 240 268C262 256 276 264 284 262L282 300C284 342 256 358 230 354C196 350 168 316 160 268Z",
      ink.fir,
    ),
    glasses,
    stroke("M232 392L270 430L290 400", ink.cream, 5),
  );

/** A bob with a fringe. */
const mayor = (): Shape =>
  person(
    "round",
    path(
      "M206 74C262 72 288 112 280 166C262 168 246 160 236 148C232 198 236 250 222 314C190 330 142 330 104 312C92 248 80 186 102 132C120 92 158 76 206 74Z",
      ink.fir,
    ),
    stroke("M226 150C224 196 224 246 214 296", ink.cream, 4),
    stroke("M206 394L246 436L282 398", ink.cream, 5),
    disc(246, 454, 8, ink.cream),
  );

/** Curls and round glasses. */
const lawyer = (): Shape =>
  person(
    "straight",
    ...[
      [128, 132, 44],
      [166, 94, 46],
      [218, 84, 42],
      [250, 112, 34],
      [102, 186, 42],
      [104, 240, 40],
      [130, 286, 38],
      [168, 262, 40],
      [150, 200, 60],
      [196, 140, 48],
    ].map(([x = 0, y = 0, radius = 0]) => disc(x, y, radius, ink.fir)),
    stroke("M250 190m-20 0a20 20 0 1 0 40 0a20 20 0 1 0 -40 0M230 186L176 178", ink.cream, 5),
    stroke("M150 396C180 430 230 432 262 400M120 410C160 470 250 470 292 410", ink.cream, 4),
  );

/** Wool hat, moustache, beard. */
const ferryman = (): Shape =>
  person(
    "long",
    path("M96 166C92 96 148 56 210 62C262 66 284 100 282 138L98 176Z", ink.fir),
    stroke("M98 170L284 138", ink.cream, 6),
    stroke("M118 150V120M150 144V92M184 138V78M218 132V76M252 126V92", ink.cream, 4),
    path("M262 236C280 236 296 246 300 262C284 262 262 262 250 250Z", ink.fir),
    path("M176 264C196 300 236 316 282 296C280 330 258 350 226 350C190 346 168 310 176 264Z", ink.fir),
    stroke("M142 386Q190 420 236 380M134 400Q190 440 250 394", ink.cream, 4),
  );

/** Long hair, tied low. */
const editor = (): Shape =>
  person(
    "round",
    path(
      "M210 78C256 76 282 106 276 140C248 152 222 146 204 132C202 186 190 236 164 268C156 286 164 300 152 318C166 360 150 420 96 446C100 400 88 372 106 332C112 316 110 304 118 290C92 246 92 176 114 128C134 94 170 80 210 78Z",
      ink.fir,
    ),
    stroke("M118 306L156 314", ink.cream, 6),
    stroke("M204 134C196 176 184 214 160 246", ink.cream, 4),
    disc(204, 258, 6, ink.cream),
    stroke("M164 404H250", ink.cream, 5),
  );

export interface Sitter {
  readonly draw: () => Shape;
  /** Behind the disc. */
  readonly paper: Ink;
  readonly facing: "left" | "right";
}
export const sitters = {
  gardener: { draw: gardener, paper: ink.cream, facing: "right" },
  engineer: { draw: engineer, paper: ink.mist, facing: "left" },
  mayor: { draw: mayor, paper: ink.mist, facing: "right" },
  lawyer: { draw: lawyer, paper: ink.cream, facing: "left" },
  ferryman: { draw: ferryman, paper: ink.cream, facing: "right" },
  editor: { draw: editor, paper: ink.mist, facing: "left" },
} as const satisfies Record<string, Sitter>;
