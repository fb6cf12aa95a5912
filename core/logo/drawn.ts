import { Refusal } from "../refusal.ts";

/**
 * A drawing becomes pixels before anybody sees it, so what it could do in a browser does not matter. What matters is that
 * it comes out the same everywhere: letters need type that may not be here, pictures and styles need files that are not.
 *
 * @throws Refusal `logo-letters`
 */
export function demandDrawn(bytes: Uint8Array): void {
  const text = new TextDecoder().decode(bytes);
  if (/<(?:\w+:)?(?:text|tspan|image|foreignObject|feImage)[\s>/]/i.test(text)) throw new Refusal("logo-letters");
}
