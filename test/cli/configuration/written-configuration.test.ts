import * as fc from 'fast-check';
import { planOf } from '../../../operator/documents/plan';
import { readWrittenConfiguration, writeConfiguration } from '../../../cli/configuration/written-configuration';
import { documents } from './documents';
import { atLength } from '../../support/at-length';

const campaign = `name: Spring
integration: acme
status: active
offers:
  - id: main
    url: https://shop.example/?sub={clickid}
    weight: 1
`;
const integration = 'name: Acme\npreset: generic\n';

const problemsOf = (files: Readonly<Record<string, string>>): readonly string[] =>
  readWrittenConfiguration(Object.entries(files).map(([path, text]) => ({ path, text }))).problems;

describe('a configuration in files', () => {
  test('that was written from what the tracker has changes nothing when it is applied', () => {
    fc.assert(
      fc.property(documents(), (present) => {
        const { documents: read, problems } = readWrittenConfiguration(writeConfiguration(present));
        expect(problems).toEqual([]);
        const { steps, unchanged } = planOf(
          read,
          present.map((document) => ({ ...document, version: 3 })),
          true,
        );
        expect(steps).toEqual([]);
        expect(unchanged).toHaveLength(present.length);
      }),
      { numRuns: atLength(500, 100) },
    );
  });

  test('has one file per document, except for names that some file systems cannot distinguish or hold', () => {
    const content = { name: 'x' };
    const ids = ['news', 'News', 'con', 'b'];
    const files = writeConfiguration(ids.map((id) => ({ kind: 'source', id, content })));

    expect(files.map(({ path }) => path)).toEqual(['sources/news.yaml', 'sources/b.yaml', 'other.yaml']);
    expect(files.at(-1)?.text).toBe('kind: source\nid: News\nname: x\n---\nkind: source\nid: con\nname: x\n');
  });

  test('may be JSON, and may hold what the API adds to a document', () => {
    const saved = {
      id: 'acme',
      version: 3,
      updatedAt: 'x',
      updatedBy: 'ada',
      name: 'Acme',
      preset: 'generic',
      keys: { current: 1 },
    };
    const { documents: read, problems } = readWrittenConfiguration([
      { path: 'integrations/acme.json', text: JSON.stringify(saved) },
    ]);

    expect(problems).toEqual([]);
    expect(read).toEqual([expect.objectContaining({ kind: 'integration', id: 'acme' })]);
    expect(read[0]?.content).toMatchObject({ name: 'Acme', preset: 'generic' });
    expect(read[0]?.content).not.toHaveProperty('keys');
  });

  test('reports the problems of all files together, with file and line', () => {
    expect(
      problemsOf({
        'campaigns/spring.yaml': `${campaign.replace('https://shop', 'ftp://shop')}colour: red\n`,
        'campaigns/bad id.yaml': campaign,
        'integrations/acme.yaml': 'name: Acme\n  preset: generic\n',
        'integrations/twice.yaml': `${integration}---\n${integration}`,
        'sources/news.yaml': '\n# nothing yet\n',
        'sources/other.yaml': 'id: another\nname: Other\n',
        'campaign/summer.yaml': campaign,
      }),
    ).toEqual([
      'campaigns/spring.yaml:6:10 offers.0.url must be an http:// or https:// URL',
      'campaigns/spring.yaml:8:9 colour is no field of this document',
      expect.stringMatching(/^campaigns\/bad id\.yaml:1:1 the ID bad id must be /),
      expect.stringMatching(/^integrations\/acme\.yaml:[12]:\d+ /),
      expect.stringMatching(/^integrations\/twice\.yaml:4:1 is a second document/),
      'sources/news.yaml is empty',
      'sources/other.yaml:1:5 id must be absent or other, as the file is named',
      'campaign/summer.yaml lies in a folder that means nothing here: there are sources/, integrations/, campaigns/',
    ]);
  });

  test('that has a document twice is wrong', () => {
    const problems = problemsOf({
      'integrations/acme.yaml': integration,
      'all.yaml': `kind: integration\nid: acme\n${integration}`,
    });

    expect(problems).toEqual(['all.yaml:1:1 the integration acme is also in integrations/acme.yaml:1:1']);
  });

  test.each([
    [
      'says of no document what it is',
      integration,
      ['kind must be one of source, integration, campaign', 'id must be given, as text'],
    ],
    ['misses a field', 'kind: integration\nid: acme\nname: Acme\n', ['preset must be given']],
    ['is a list', '- a\n', ['kind must be one of source, integration, campaign', 'id must be given, as text']],
  ])('that %s is wrong', (_what, text, problems) => {
    expect(problemsOf({ 'all.yaml': text })).toEqual(problems.map((problem) => `all.yaml:1:1 ${problem}`));
  });

  test('takes no amount that a number would round', () => {
    const money = (amount: string) => `${campaign}payout: { amount: ${amount}, currency: USD }\n`;

    expect(problemsOf({ 'campaigns/a.yaml': money('12.50') })).toEqual([]);
    expect(problemsOf({ 'campaigns/a.yaml': money('"123456789012.123456"') })).toEqual([]);
    expect(problemsOf({ 'campaigns/a.yaml': money('123456789012.123456') })).toEqual([
      'campaigns/a.yaml:8:19 123456789012.123456 has more digits than a number keeps: put it in quotes',
    ]);
  });
});
