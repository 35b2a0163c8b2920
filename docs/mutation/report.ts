import * as v from 'valibot';

const mutantSchema = v.object({
  mutatorName: v.string(),
  replacement: v.optional(v.string(), ''),
  status: v.picklist([
    'Killed',
    'Timeout',
    'Survived',
    'NoCoverage',
    'Ignored',
    'RuntimeError',
    'CompileError',
    'Pending',
  ]),
  location: v.object({
    start: v.object({ line: v.number(), column: v.number() }),
    end: v.object({ line: v.number(), column: v.number() }),
  }),
});
const reportSchema = v.object({
  files: v.record(v.string(), v.object({ source: v.string(), mutants: v.array(mutantSchema) })),
});

/** A change of the code that no test noticed. */
export interface Survivor {
  readonly file: string;
  /** The code that was changed, on one line, and what was in its place. */
  readonly code: string;
  readonly replacement: string;
}

/** What became of the mutants of one file; those that a test runs into the ground count as killed. */
export interface MutatedFile {
  readonly file: string;
  readonly killed: number;
  readonly survivors: readonly Survivor[];
  /** Made when the file is loaded, and not tried. */
  readonly ignored: number;
}

/** Reads the report of a run: the JSON of the mutation-testing-report-schema. Throws where it is none. */
export function readReport(text: string): readonly MutatedFile[] {
  const { files } = v.parse(reportSchema, JSON.parse(text));
  return Object.entries(files).map(([file, { source, mutants }]): MutatedFile => {
    const having = (...statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status));
    return {
      file,
      killed: having('Killed', 'Timeout').length,
      survivors: having('Survived', 'NoCoverage').map(({ location, replacement }) => ({
        file,
        code: onOneLine(codeAt(source, location)),
        replacement: onOneLine(replacement),
      })),
      ignored: having('Ignored').length,
    };
  });
}

/** Killed mutants of all that were tried, in percent. */
export function scoreOf(files: readonly MutatedFile[]): number {
  const killed = files.reduce((sum, file) => sum + file.killed, 0);
  const tried = files.reduce((sum, file) => sum + file.killed + file.survivors.length, 0);
  return tried === 0 ? 100 : (100 * killed) / tried;
}

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function codeAt(source: string, { start, end }: v.InferOutput<typeof mutantSchema>['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  return lines
    .map((line, at) => line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined))
    .join('\n');
}
