import { contradictionsIn } from '../../../../lambdas/domain/configuration/contradictions';
import { readContent } from '../../../../cli/configuration/check-document';

const pathsIn = (document: object) => contradictionsIn('integration', document).map(({ path }) => path);

describe('an integration that says two things at once is rejected by the path of the second', () => {
  test.each<readonly [what: string, document: object, paths: readonly string[]]>([
    ['a status in two spellings', { statuses: { Paid: 'approved', paid: 'rejected' } }, ['statuses.paid']],
    ['with blanks around it', { statuses: { paid: 'approved', ' PAID ': 'approved' } }, ['statuses. PAID ']],
    ['an event', { events: { Sale: 'a', SALE: 'b', sale: 'c' } }, ['events.SALE', 'events.sale']],
    [
      'an accent written in two ways',
      { events: { é: 'a', ['é'.normalize('NFD')]: 'b' } },
      [`events.${'é'.normalize('NFD')}`],
    ],
    ['a currency', { currencies: { pes: 'ARS', PES: 'CLP' } }, ['currencies.PES']],
    ['a mode of an event', { duplicates: { events: { Sale: 'update', sale: 'ignore' } } }, ['duplicates.events.sale']],
    ['one parameter of two fields', { parameters: { clickId: ['a'], amount: ['b', 'A'] } }, ['parameters.amount.1']],
    [
      'a parameter that is ours',
      { parameters: { transactionId: ['token'], event: ['Dry_Run'] } },
      ['parameters.transactionId.0', 'parameters.event.0'],
    ],
    ['two formats', { decimalComma: true, amountFormat: 'minor' }, ['decimalComma']],
    ['the opposite format', { decimalComma: false, amountFormat: '1.234,56' }, ['decimalComma']],
  ])('%s', (_, document, paths) => {
    expect(pathsIn(document)).toEqual(paths);
  });

  test.each<readonly [what: string, document: unknown]>([
    ['different words', { statuses: { paid: 'approved', unpaid: 'rejected' }, events: { paid: 'sale' } }],
    ['a name twice for one field', { parameters: { clickId: ['a', 'A'] } }],
    ['a format said twice', { decimalComma: true, amountFormat: '1.234,56' }],
    ['no format of people', { decimalComma: false, amountFormat: 'minor' }],
    ['what is no document', [{ statuses: 5, parameters: { clickId: 'a' } }]],
    ['fields of a wrong kind', { statuses: 5, parameters: { clickId: 'a', amount: [1] }, duplicates: null }],
  ])('but not %s', (_, document) => {
    expect(contradictionsIn('integration', document)).toEqual([]);
  });

  test('and no other kind of document', () => {
    expect(contradictionsIn('source', { decimalComma: true, amountFormat: 'minor' })).toEqual([]);
  });

  test('also by the command line, beside what else is wrong', () => {
    const written = { name: 'Acme', preset: 'generic', statuses: { Paid: 'approved', paid: 'rejected' } };
    expect(readContent('integration', written)).toMatchObject({ ok: false, problems: [{ path: 'statuses.paid' }] });
    expect(readContent('integration', { ...written, preset: 'none' })).toMatchObject({
      problems: [{ path: 'preset' }, { path: 'statuses.paid' }],
    });
  });
});
