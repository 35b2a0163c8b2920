import { fieldNamesOf } from '../../../../lambdas/domain/request/field-names';
import { selectValues } from '../../../../lambdas/domain/request/field-values';
import { splitPairs } from '../../../../lambdas/domain/text/query';
import { integration } from '../support/factories';

function select(query: string, fields = {}, clickIdParameter = 'clickid') {
  const selected = selectValues(splitPairs(query, 'query'), fieldNamesOf(integration(fields)), clickIdParameter);
  if (!selected.ok) return selected.rejection.reason;
  const { values, warnings } = selected.value;
  return {
    ...Object.fromEntries(Object.entries(values).map(([field, value]) => [field, value.text])),
    warnings: warnings.map(({ code }) => code),
  };
}

describe('the fields of a postback', () => {
  test('a name may have blanks or hyphens for its underscores, in the request and in the settings', () => {
    expect(select('Order+ID=A&order-id=A')).toEqual({ transactionId: 'A', warnings: [] });
    expect(select('order-no=A', { parameters: { transactionId: ['Order No'] } })).toMatchObject({ transactionId: 'A' });
  });

  test('a zero byte alone is no value', () => {
    expect(select('txid=%2500&amount=5')).toEqual({ amount: '5', warnings: [] });
  });

  test.each(['saleamount', 'totalprice', 'netrevenue', 'betrag', 'monto', 'comission'])(
    'a number under %s may be the money that nothing reads',
    (name) => {
      const selected = selectValues(splitPairs(`${name}=5`, 'query'), fieldNamesOf(integration({})), 'clickid');
      expect(selected.ok && selected.value.values.unreadMoney).toEqual([name]);
    },
  );

  const names = {
    amount: 'amount payout sum revenue p TotalCost',
    transactionId: 'txid transactionid order_id orderid oid OrderID t action_id rdtk_event_id',
    event: 'event et type goal goal_id event_id e ac cet ct',
    status: 'status cnv_status conv_status s',
    currency: 'currency cnv_currency cr',
    timestamp: 'timestamp ts_conversion conversion_time',
  };
  test.each(Object.entries(names).flatMap(([field, list]) => list.split(' ').map((name) => [field, name] as const)))(
    'the %s is read from %s, in any case',
    (field, name) => {
      expect(select(`${name}=5`)).toEqual({ [field]: '5', warnings: [] });
      expect(select(`${name.toUpperCase()}=5`)).toEqual({ [field]: '5', warnings: [] });
    },
  );

  test('a name that the integration gave to one field means no other', () => {
    expect(select('t=1&txid=5', { parameters: { amount: ['t'] } })).toEqual({
      amount: '1',
      transactionId: '5',
      warnings: [],
    });
  });

  test('names that the integration gave for a field take the place of all others: CPX sends type=out with status=2', () => {
    const parameters = { event: ['goal_name'], amount: ['commission'] };
    expect(select('type=out&goal_name=survey&amount=1&commission=2', { parameters })).toEqual({
      event: 'survey',
      amount: '2',
      warnings: [],
    });
    expect(select('type=out', { parameters })).toEqual({ warnings: [] });
  });

  test('the parameter that carried the click ID names nothing else', () => {
    expect(select('oid=5', {}, 'OID')).toEqual({ warnings: [] });
  });

  test('an empty value is nothing sent', () => {
    expect(select('amount=&payout=5&status=')).toEqual({ amount: '5', warnings: [] });
  });

  test('one parameter with two values is a conflict; two spellings of one amount are one', () => {
    for (const query of ['amount=1&amount=2', 'status=a&STATUS=b', 'txid=1&txid=01', 'currency=USD&currency=EUR']) {
      expect(select(query)).toBe('PARAMETER_CONFLICT');
    }
    expect(select('amount=1&amount=1.00&status=a&status=a')).toEqual({ amount: '1', status: 'a', warnings: [] });
  });

  test('two names of one field: the first counts with a warning, but of two amounts nobody chooses', () => {
    expect(select('order_id=2&txid=1')).toEqual({ transactionId: '1', warnings: ['ALIAS_IGNORED'] });
    expect(select('amount=1&payout=2')).toBe('PARAMETER_CONFLICT');
    expect(select('amount=1&payout=1.0')).toEqual({ amount: '1', warnings: [] });
    expect(select('amount=1&payout=2', { parameters: { amount: ['payout'] } })).toEqual({
      amount: '2',
      warnings: [],
    });
    expect(select('amount=1&payout=2', { parameters: { amount: ['payout', 'amount'] } })).toEqual({
      amount: '2',
      warnings: ['ALIAS_IGNORED'],
    });
  });

  test('transaction_id beside a click ID is the transaction, with a warning', () => {
    expect(select('transaction_id=T1')).toEqual({ transactionId: 'T1', warnings: ['NAME_GUESSED'] });
    expect(select('transaction_id=T2&txid=T1')).toEqual({ transactionId: 'T1', warnings: ['ALIAS_IGNORED'] });
    expect(select('transaction_id=T1', { parameters: { event: ['transaction_id'] } })).toEqual({
      event: 'T1',
      warnings: [],
    });
  });

  test('a macro left in a field is rejected; in a parameter that nothing reads it is told', () => {
    expect(select('amount={payout}')).toBe('MACRO_UNREPLACED');
    expect(select('txid=%5Border%5D')).toBe('MACRO_UNREPLACED');
    expect(select('amount=1&country={geo}')).toEqual({ amount: '1', warnings: ['MACRO_IN_UNUSED_PARAMETER'] });
  });

  test('warnings quote a name in part only, and five at most', () => {
    const query = Array.from({ length: 9 }, (_, at) => `${'x'.repeat(5000)}${at}={geo}`).join('&');
    const selected = selectValues(splitPairs(query, 'query'), fieldNamesOf(undefined), undefined);
    expect(selected.ok && selected.value.warnings.length).toBe(5);
    expect(JSON.stringify(selected).length).toBeLessThan(2000);
  });
});
