/** Reads a Word document and every picture in it, one at a time, and prints the memory that took. */
import { readFileSync } from "node:fs";
import { readWord } from "../../core/article/word.ts";
import { peakMegabytes } from "../peak-memory.ts";

const megabytes = (): number => peakMegabytes() ?? process.resourceUsage().maxRSS / 1000;

const before = megabytes();
const { reading, picture } = await readWord("fotos.docx", readFileSync(process.argv[2] ?? ""));
let bytes = 0;
for (const { name } of reading.pictures) bytes += (await picture(name)).length;
process.stdout.write(JSON.stringify({ before, highest: megabytes(), bytes }));
