/** smartcrop's own types know a browser's canvas alone; in the core it is given pixels. */
declare module "smartcrop" {
  interface Pixels {
    readonly width: number;
    readonly height: number;
    /** RGBA. */
    readonly data: Uint8Array;
  }
  interface Options {
    readonly width: number;
    readonly height: number;
    /** The smallest part it may choose, of the largest there is. */
    readonly minScale: number;
    readonly ruleOfThirds: boolean;
    readonly imageOperations: {
      readonly open: (pixels: Pixels) => Promise<Pixels>;
      readonly getData: (pixels: Pixels) => Promise<Pixels>;
    };
  }
  interface Part {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }
  const smartcrop: { crop(pixels: Pixels, options: Options): Promise<{ readonly topCrop: Part }> };
  export default smartcrop;
}
