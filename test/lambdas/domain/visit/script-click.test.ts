import { readScriptClick } from '../../../../lambdas/domain/visit/script-click';

describe('a click of a script with half a surrogate pair is a text that a table keeps', () => {
  test.each([
    ['sent in a value', String.raw`{"query":"sub1=a\ud83d"}`],
    ['sent in a name', String.raw`{"query":"a\udc00=b"}`],
    ['left by a cut through a letter', JSON.stringify({ query: `utm_source=${'a'.repeat(511)}\u{1f600}` })],
  ])('%s', (_, body) => {
    const { kept } = readScriptClick(body)?.query ?? {};
    const texts = [
      kept?.source ?? '',
      ...Object.values(kept?.subs ?? {}),
      ...Object.entries(kept?.parameters ?? {}).flat(),
    ];
    expect(texts.join('')).not.toBe('');
    expect(texts.filter((text) => !text.isWellFormed())).toEqual([]);
  });
});

test.each(['[]', '[{"query":"sub1=a"}]', '5', '"x"', 'null', '{'])('%s is no click', (body) => {
  expect(readScriptClick(body)).toBeUndefined();
});
