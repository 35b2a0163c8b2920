/** `1 place`, `2 places`; `2 copies` where the plural is given. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}
