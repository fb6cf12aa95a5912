import sharp from "sharp";

/** A photo of nothing, large enough to be printed. */
export const aPhoto = async (): Promise<Buffer> =>
  sharp({ create: { width: 1600, height: 1000, channels: 3, background: "#4a6a58" } })
    .jpeg()
    .toBuffer();
