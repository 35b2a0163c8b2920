/** Resolves after a number of milliseconds, by a timer that every JavaScript runtime has. */
export const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
