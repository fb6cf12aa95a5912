/** Seeds that broke a promise once, and keep them all since. */
export const onceFailed: readonly number[] = [
  131, 249, 320, 1079, 1109, 2125, 2815, 3251, 6641, 7846, 10018, 13059, 13098, 13503, 14725, 15234, 16642, 17971,
  18885, 25840, 26396, 40370, 48665,
];
