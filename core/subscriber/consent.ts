import { digestOf } from "../digest.ts";

/** Under which name the evidence of an import is filed: the same source twice is one piece of evidence. */
export const importEvidence = (consentSource: string): string => `import-${digestOf(consentSource).slice(0, 16)}`;
