import { loggedParameters } from '../../../../lambdas/domain/log/logged-parameters';
import { maskedRaw } from '../../../../lambdas/domain/log/masking';
import { request } from '../support/factories';

const isLogged = loggedParameters();

describe('what the log keeps of JSON, and of what almost is JSON', () => {
  test.each<[string, string, string]>([
    [
      'is cut within an escape',
      '{"event":"{\\"sub1\\":\\"buyer%3DSECRET\\",\\%',
      '{"event":"{\\"sub1\\":\\"buyer%3D***\\",%"',
    ],
    ['has an escape that no parser takes', '{"sub1":"buyer%3DSECRET\\q"}', '{"sub1":"buyer%3D***"}'],
    ['holds a line break as such', '{"sub1":"a\nb%26buyer%3DSECRET"}', '{"sub1":"a\\nb%26buyer%3D***"}'],
    ['holds a quote as such', '{"buyer":"Jane "Boss" SECRET","amount":5}', '{"buyer":"***","amount":5}'],
    ['has no quotes', '{"buyer":Jane, SECRET,"amount":5}', '{"buyer":"***","amount":5}'],
  ])('does not hold the value in a JSON string that %s', (_how, body, masked) => {
    expect(maskedRaw(request('', { body }), isLogged)).toBe(`\n${masked}`);
  });

  test.each<[string, string, string]>([
    ['an encoded pair in quotes', 'sub1="buyer%3DSECRET"&amount=5', 'sub1=%22buyer%3D***%22&amount=5'],
    ['a pair in quotes', 'sub1="buyer=SECRET"&amount=5', 'sub1="buyer=***&amount=5'],
    ['a pair in a list', '{"event":["buyer=SECRET"],"amount":5}', '{"event":["buyer=***"],"amount":5}'],
    ['a list with a bracket in a string', '{"buyer":["a]","SECRET"],"amount":5}', '{"buyer":"***","amount":5}'],
    ['a list of lists, like a macro', '{"buyer":[["SECRET"]],"amount":5}', '{"buyer":"***","amount":5}'],
    ['a list that is no list of objects', '{"buyer":["a\\":SECRET"],"amount":5}', '{"buyer":"***","amount":5}'],
    ['a text in brackets', '{"buyer":"[Jane] SECRET","amount":5}', '{"buyer":"***","amount":5}'],
    ['an object within a secret one', '{"auth":{"a":{"b":1},"code":"SECRET"},"c":5}', '{"auth":"***","c":5}'],
    ['a member whose name has a tab', '{"na\\tme":"SECRET"}', '{"na\\tme":"***"}'],
    ['a member without a name', '{"":"SECRET"}', '{"":"***"}'],
  ])('does not hold the value of %s', (_what, body, masked) => {
    expect(maskedRaw(request('', { body }), isLogged)).toBe(`\n${masked}`);
  });

  test.each([
    '{"txid":"abc=","clickid":"abc","amount":5}',
    '{ "sub1": "b={x}", "clickid": "abc", "amount": 5 }',
    '{"sub1":"100%25 off","clickid":"a%3Db","amount":5}',
    '{"event":[{"clickid":"abc","sub1":"{sub1}"}],"amount":5}',
    '{"sub1":"5%22&a=1","clickid": "abc", "amount": 5}',
  ])('keeps the listed members of %s', (body) => {
    expect(maskedRaw(request('', { body }), isLogged)).toBe(`\n${body}`);
  });
});
