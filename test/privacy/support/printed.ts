/** What the functions print, which is what CloudWatch Logs would hold, metrics included. */
export function capturePrinted(): { readonly text: () => string; readonly release: () => void } {
  const lines: string[] = [];
  const keep = (chunk: unknown): boolean => {
    lines.push(String(chunk));
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(keep),
    jest.spyOn(process.stderr, 'write').mockImplementation(keep),
  ];
  return {
    text: () => lines.join(''),
    release: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
