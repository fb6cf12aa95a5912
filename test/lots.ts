import fc from "fast-check";

/**
 * The same lots are drawn in every run, so that a change is judged by what it changed. New ones are drawn with
 * `SEED=$RANDOM npx vitest run …`; a counterexample becomes a test of its own.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 20_261_123) });

export default fc;
