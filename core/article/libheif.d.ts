/** libheif's types stand beside another form of it; the one in a single file has the same. */
declare module "libheif-js/libheif-wasm/libheif-bundle.mjs" {
  import type { MainModule } from "libheif-js/libheif-wasm/libheif.d.ts";

  export default function freshMachine(): MainModule;
}
