import { survivorReasons } from './reasons';
import { scoreOf, type MutatedFile, type Survivor } from './report';

/** The page that shows what a run found; `files` in the order in which they are listed. */
export function mutationPage(files: readonly MutatedFile[]): string {
  return `# Mutation testing

\`npm run mutate\` changes the rules of money and of judgement one place at a time (Stryker), and runs the tests that need no server.
A change that no test notices is a survivor. The command writes this page from its report; \`.mutation/report.json\` has every mutant.
Properties run few cases of one seed there (\`PROPERTY_RUNS\`: 20, \`PROPERTY_SEED\`: 1), so that no mutant is caught by chance. The tests run in the
processes of Stryker (\`test/mutation\`): a mutant gets new modules, and its test files run one by one until one fails.

${tableOf(files)}

The table has the files of the last run. \`MUTATION_TESTS\` names other tests.
Values that are made when a file is loaded, such as the table of allowed status changes, are not tried: each of their mutants would need every test.
Judgement is also tested on real tables (\`test/lambdas/judgement/judge.test.ts\`) and on the running stack, which do not count here.

## Survivors

${survivorsOf(files)}
`;
}

function tableOf(files: readonly MutatedFile[]): string {
  const folders = Map.groupBy(files, ({ file }) => file.slice(0, file.lastIndexOf('/')));
  const rows = [...folders].flatMap(([folder, inFolder]) => [
    rowOf(`**${folder}**`, inFolder),
    ...inFolder.map((file) => rowOf(file.file.slice(folder.length + 1), [file])),
  ]);
  return ['| file | killed | survived | not tried | score |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function rowOf(name: string, files: readonly MutatedFile[]): string {
  const sum = (of: (file: MutatedFile) => number): number => files.reduce((all, file) => all + of(file), 0);
  const survived = sum(({ survivors }) => survivors.length);
  return `| ${name} | ${sum(({ killed }) => killed)} | ${survived} | ${sum(({ ignored }) => ignored)} | ${scoreOf(files).toFixed(1)} % |`;
}

/** Those of one reason together: the reason, then the places. */
function survivorsOf(files: readonly MutatedFile[]): string {
  const all = files.flatMap(({ survivors }) => survivors);
  const groups = Map.groupBy(all, (survivor) => reasonOf(survivor));
  return [...groups]
    .map(([reason, survivors]) => {
      const byFile = Map.groupBy(survivors, ({ file }) => file);
      const places = [...byFile].map(([file, some]) => {
        const codes = [...new Set(some.map(({ code }) => `\`${short(code)}\``))];
        return `- ${file.replace('lambdas/', '')}: ${codes.join(', ')}`;
      });
      return `**${reason}**\n\n${places.join('\n')}`;
    })
    .join('\n\n');
}

function reasonOf({ file, code }: Survivor): string {
  const found = survivorReasons.find((one) => file.endsWith(one.file) && code.includes(one.code));
  return found?.why ?? 'Not noticed by the tests of this run.';
}

const short = (code: string): string => {
  const plain = code.replaceAll('`', "'").replaceAll('|', '¦');
  return plain.length > 60 ? `${plain.slice(0, 60)}…` : plain;
};
