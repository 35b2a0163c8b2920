/** Resolves after so many milliseconds. The timer of every JavaScript runtime: nothing here is Node's. */
export const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
