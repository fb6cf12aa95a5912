/** Waits for Ctrl-C, or for whoever started us to say it is enough. */
export const untilStopped = (): Promise<void> =>
  new Promise((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
