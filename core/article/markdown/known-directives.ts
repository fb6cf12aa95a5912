import { directiveWords } from "./words.ts";

/**
 * The stock grammar takes every ":word" for a directive. In German it mostly is none ("Leser:innen[^1]", "Stand:heute"):
 * only our own names with a bracket after them are.
 *
 * @see https://github.com/micromark/micromark#extending-markdown
 */

type State = (code: number | null) => State | undefined;
interface Effects {
  enter(type: string): void;
  exit(type: string): void;
  consume(code: number | null): void;
  check(construct: object, ok: State, nok: State): State;
}
type Tokenize = (this: unknown, effects: Effects, ok: State, nok: State) => State;
interface Construct {
  tokenize: Tokenize;
}
export interface Syntax {
  text?: Record<string, Construct | undefined>;
  flow?: object;
  document?: object;
  disable?: object;
}

const colon = 58;
const bracket = 91;

const inlineNames: ReadonlySet<string> = new Set(
  (["lang", "abbr", "sup", "sub", "break"] as const).flatMap((name) => Object.values(directiveWords[name])),
);

/** Narrows the text directive of a syntax extension to our names, in place. */
export function onlyOurDirectives(syntax: Syntax): void {
  const stock = syntax.text?.[colon];
  if (!stock || !syntax.text) return;
  const tokenize: Tokenize = function (this: unknown, effects, ok, nok) {
    return effects.check(ourName, stock.tokenize.call(this, effects, ok, nok), nok);
  };
  syntax.text[colon] = { ...stock, tokenize };
}

/** Looks ahead over ":name[". */
const ourName = {
  partial: true,
  tokenize(effects: Effects, ok: State, nok: State): State {
    let name = "";
    const letter: State = (code) => {
      if (code === bracket && inlineNames.has(name)) {
        effects.exit("data");
        return ok(code);
      }
      if (code === null || code < 97 || code > 122 || name.length > 12) return nok(code);
      name += String.fromCharCode(code);
      effects.consume(code);
      return letter;
    };
    return (code) => {
      effects.enter("data");
      effects.consume(code);
      return letter;
    };
  },
};
