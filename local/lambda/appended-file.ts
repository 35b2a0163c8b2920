import { appendFileSync, renameSync, statSync } from 'node:fs';

const writeWithinMilliseconds = 100;
const writeAtCharacters = 64 * 1024;

/** A file to which lines are appended in batches: one write per line would slow down requests. */
export class AppendedFile {
  private lines: string[] = [];
  private characters = 0;
  private size: number;
  private timer: NodeJS.Timeout | undefined;

  /** At `rotateAtBytes` the file is renamed, over the one renamed before. */
  constructor(
    private readonly path: string,
    private readonly rotateAtBytes: number,
  ) {
    this.size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  }

  append(line: string): void {
    this.lines.push(line);
    this.characters += line.length;
    if (this.characters >= writeAtCharacters) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), writeWithinMilliseconds);
  }

  /** Writes the buffered lines. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.lines.length === 0) return;
    const text = `${this.lines.join('\n')}\n`;
    this.lines = [];
    this.characters = 0;
    try {
      if (this.size > this.rotateAtBytes) {
        renameSync(this.path, `${this.path}.1`);
        this.size = 0;
      }
      appendFileSync(this.path, text);
      this.size += Buffer.byteLength(text);
    } catch {
      // A full disk must not end the stack; the functions' answers matter more than their logs.
    }
  }
}
