/** Seeds that broke a promise once, and keep them all since. */
export const onceFailed: readonly number[] = [131, 249, 1079, 1109];
