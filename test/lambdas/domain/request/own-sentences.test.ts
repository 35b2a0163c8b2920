import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { maskText } from '../../../../lambdas/domain/log/masking';

const lambdas = join(__dirname, '..', '..', '..', '..', 'lambdas');
/** What a preset or a template says of another system is read by a team, and never a message of a verdict; a script is no sentence. */
const files = globSync('{domain,judgement,postback,retry}/**/*.ts', { cwd: lambdas }).filter(
  (file) => !/presets|outbound|script-text/.test(file),
);

/** Sentences in a source: texts that begin with a capital and hold several words. */
function sentencesOf(source: string): readonly string[] {
  return [...source.matchAll(/'((?:[^'\\\n]|\\.)+)'|`((?:[^`\\]|\\.)+)`/g)]
    .map(([, plain = '', template = '']) => plain || template)
    .filter((text) => /^["A-Z{$].*\s\S+\s/s.test(text));
}

const sentences = files.flatMap((file) => sentencesOf(readFileSync(join(lambdas, file), 'utf8')));

// What masks a sender's secret would mask ours: a sentence names parameters, and shows no pair of a name and a value.
test('every sentence of ours reads in the log as it was answered', () => {
  expect(sentences.length).toBeGreaterThan(80);
  expect(sentences.filter((sentence) => maskText(sentence) !== sentence)).toEqual([]);
});

test('and what a sender put beside one is masked as ever', () => {
  const message = sentences.find((sentence) => sentence.startsWith('This integration requires its token')) ?? '';

  expect(message).toContain('"Authorization: Bearer <token>"');
  expect(maskText(`${message} It came with token=k1tSECRET&x=1.`)).toBe(`${message} It came with token=***&x=1.`);
});
