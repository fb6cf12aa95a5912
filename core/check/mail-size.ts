import { mostEmailBytes } from "../edition/gate.ts";
import { amber, type Finding } from "./finding.ts";

/** From here on one more article shortens another: what was shortened the build says itself. */
const roomyBytes = 0.9 * mostEmailBytes;

export const checkMailSize = (bytes: number): Finding[] =>
  bytes > roomyBytes && bytes <= mostEmailBytes
    ? [amber("mail-nearly-full", { in: "edition", path: "email.html" }, { bytes, most: mostEmailBytes })]
    : [];
