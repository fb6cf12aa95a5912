import { createHash } from "node:crypto";

/** Under which name the evidence of an import is filed: the same source twice is one piece of evidence. */
export const importEvidence = (consentSource: string): string =>
  `import-${createHash("sha256").update(consentSource).digest("hex").slice(0, 16)}`;
