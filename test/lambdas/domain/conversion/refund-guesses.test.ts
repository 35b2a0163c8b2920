import { Click, type SaidOfClick } from './click';

/** Without an event or a transaction ID. */
const refund: SaidOfClick = { event: 'conversion', status: 'reversed', anyEvent: true, bytes: 'the refund' };
const registration: SaidOfClick = { event: 'registration', status: 'approved' };
const deposit = (transactionId: string, amount: string): SaidOfClick => ({
  event: 'deposit',
  status: 'approved',
  amount,
  transactionId,
});

function arrive(...all: readonly SaidOfClick[]): Click {
  const click = new Click();
  for (const said of all) click.say(said);
  return click;
}

const states = (click: Click, ...keys: readonly string[]): readonly string[] =>
  keys.map((key) => click.at(key).join(' ').trim());

const allStates = (click: Click): readonly string[] => states(click, ...click.rows.keys());

describe('a refund that has found its sale', () => {
  const toldWhole: readonly (readonly [string, SaidOfClick])[] = [
    ['names its transaction', { ...refund, transactionId: 'A' }],
    ['names its transaction and event', { status: 'reversed', event: 'deposit', transactionId: 'A' }],
    ['names its transaction and more than it has', { ...refund, transactionId: 'A', amount: '15' }],
    ['names nothing, and is of the only sale', refund],
    ['names all of the only sale', { ...refund, amount: '10' }],
  ];

  test.each(toldWhole)('is no guess where it %s, and no later sale takes it over', (_, said) => {
    const click = arrive(deposit('A', '10'));
    expect(click.say(said)).toMatchObject({ reason: 'OK_UPDATED', notes: [] });
    for (const amount of ['10', '15']) click.say(deposit(`B${amount}`, amount));
    expect(allStates(click)).toEqual(['reversed 10', 'approved 10', 'approved 15']);
  });

  test('is no guess where it names a sum in all, of which a part was taken back before', () => {
    const click = arrive(deposit('A', '10'), { ...refund, amount: '3', amountInAll: true, bytes: 'a part' });
    expect(click.say({ ...refund, amount: '8', amountInAll: true }).notes).toEqual([
      { code: 'PARTIAL_REVERSAL', taken: '8', left: '2' },
    ]);
    click.say(deposit('B', '8'));
    expect(allStates(click)).toEqual(['approved 2', 'approved 8']);
  });

  test('is no guess where it names the event of a sale without a transaction, and more than that has', () => {
    const click = arrive({ status: 'approved', amount: '10' });
    expect(click.say({ status: 'reversed', amount: '15' }).notes).toEqual([]);
    click.say({ status: 'approved', amount: '15', transactionId: 'B' });
    expect(allStates(click)).toEqual(['reversed 10', 'approved 15']);
  });

  test('stays with the transaction that it names, though that has no amount and another sale has', () => {
    const click = arrive(
      { ...registration, transactionId: 'A' },
      { ...refund, transactionId: 'A' },
      deposit('B', '15'),
    );
    expect(allStates(click)).toEqual(['reversed', 'approved 15']);
  });
});

describe('a refund that was taken for a conversion without an amount', () => {
  test('and names the event of that, is handed over to a sale of this event alone', () => {
    const click = arrive(registration, { status: 'reversed', event: 'registration', transactionId: 'R9' });
    click.say(deposit('A', '15'));
    expect(allStates(click)).toEqual(['reversed', 'approved 15']);
    click.say({ ...registration, transactionId: 'B', amount: '5' });
    expect(allStates(click)).toEqual(['approved', 'approved 15', 'reversed 5']);
  });

  test('waits there for the sale that it names, which takes it over from the deposit that had it meanwhile', () => {
    const click = arrive(registration, { ...refund, transactionId: 'C' }, deposit('B', '15'));
    expect(allStates(click)).toEqual(['approved', 'reversed 15']);
    click.say(deposit('C', '20'));
    expect(allStates(click)).toEqual(['approved', 'approved 15', 'reversed 20']);
  });

  test('and names no transaction, does not get the one of that conversion with it', () => {
    const click = arrive({ ...registration, transactionId: 'R9' }, refund, deposit('A', '15'), deposit('R9', '20'));
    expect(allStates(click)).toEqual(['approved', 'reversed 15', 'approved 20']);
  });

  /** One that did not look for the refund: it is there when the next sale looks. */
  const thirds: readonly (readonly [string, Partial<SaidOfClick>])[] = [
    ['is approved', {}],
    ['is on hold', { status: 'pending' }],
    ['was rejected', { status: 'rejected' }],
  ];

  test.each(thirds)('stays there where it names another transaction, and a third sale %s', (_, third) => {
    const click = arrive(registration, { ...refund, transactionId: 'C' });
    click.hasty({ ...deposit('A', '15'), ...third });
    click.say(deposit('B', '20'));
    expect(states(click, 'registration#', 'deposit#B')).toEqual(['reversed', 'approved 20']);
  });

  test.each(thirds)('and names no transaction, may be of a third sale that %s, if it is approved', (name, third) => {
    const click = arrive(registration, refund);
    click.hasty({ ...deposit('A', '15'), ...third });
    click.say(deposit('B', '20'));
    expect(states(click, 'registration#', 'deposit#B')).toEqual(
      name === 'is approved' ? ['reversed', 'approved 20'] : ['approved', 'reversed 20'],
    );
  });

  test('is not of a third one that has no money, or another event than it names', () => {
    const click = arrive(registration, { status: 'reversed', event: 'registration', transactionId: 'R9' });
    click.hasty({ ...registration, transactionId: 'A' });
    click.hasty(deposit('A', '15'));
    click.say({ ...registration, transactionId: 'B', amount: '20' });
    expect(states(click, 'registration#', 'deposit#A', 'registration#B')).toEqual([
      'approved',
      'approved 15',
      'reversed 20',
    ]);
  });

  test('is handed over to the transaction that it names when it is looked at again, though another sale has money', () => {
    const named = { ...refund, transactionId: 'C' };
    const click = arrive(registration, named);
    click.hasty({ ...registration, transactionId: 'C' });
    click.hasty(deposit('A', '15'));
    click.say(named);
    expect(allStates(click)).toEqual(['approved', 'reversed', 'approved 15']);
  });

  test('stays there while the deposit is on hold, and is handed over once that is approved', () => {
    const onHold = { ...deposit('A', '15'), status: 'pending' } as const;
    const click = arrive(registration, refund, onHold);
    expect(allStates(click)).toEqual(['reversed', 'pending 15']);
    click.say(deposit('A', '15'));
    expect(allStates(click)).toEqual(['approved', 'reversed 15']);
  });
});

describe('a refund that names more than the conversion has that it was taken for', () => {
  const other: SaidOfClick = { status: 'approved', event: 'conversion', amount: '10' };

  test('is handed over to the sale of its very amount, and to no other', () => {
    const click = arrive(other, { ...refund, amount: '15' }, deposit('A', '14'), deposit('B', '20'));
    expect(allStates(click)).toEqual(['reversed 10', 'approved 14', 'approved 20']);
    const exact = arrive(other, { ...refund, amount: '15' }, deposit('A', '15'));
    expect(allStates(exact)).toEqual(['approved 10', 'reversed 15']);
  });

  test('and names another transaction, is handed over to the sale of its very amount: the first is no third sale', () => {
    const click = arrive(deposit('A', '10'), { ...refund, amount: '15', transactionId: 'C' }, deposit('B', '15'));
    expect(allStates(click)).toEqual(['approved 10', 'reversed 15']);
  });

  test('is of that conversion while the sale of its very amount is on hold', () => {
    const onHold = { ...deposit('A', '15'), status: 'pending' } as const;
    const click = arrive(other, onHold, { ...refund, amount: '15' });
    expect(allStates(click)).toEqual(['reversed 10', 'pending 15']);
    click.say(deposit('A', '15'));
    expect(allStates(click)).toEqual(['approved 10', 'reversed 15']);
  });

  test('is not handed over to a sale of another currency', () => {
    const inUsd = { ...refund, amount: '15', currency: 'USD' };
    const click = arrive({ ...other, currency: 'USD' }, inUsd, { ...deposit('A', '15'), currency: 'EUR' });
    expect(allStates(click)).toEqual(['reversed 10', 'approved 15']);
  });

  test('is the one refund that a sale of its very amount takes over: a second one stays', () => {
    const click = arrive(other, { ...refund, amount: '15' }, { ...refund, amount: '15', bytes: 'the second' });
    click.say(deposit('A', '15'));
    expect(allStates(click)).toEqual(['reversed 10', 'reversed 15']);
  });
});

describe('of rows that count separately under one key, a refund', () => {
  function arriveSeparately(...all: readonly SaidOfClick[]): Click {
    const click = new Click('separate');
    for (const said of all) click.say(said);
    return click;
  }
  const row = (amount: string): SaidOfClick => ({ status: 'approved', transactionId: 'A', amount });
  const refundOf = (amount: string): SaidOfClick => ({
    status: 'reversed',
    transactionId: 'A',
    amount,
    bytes: 'the refund',
  });

  test('stays with the row that has more than it takes back, though the next has its very amount', () => {
    const click = arriveSeparately(row('50'), refundOf('3'), row('3'));
    expect(allStates(click)).toEqual(['approved 47', 'approved 3']);
  });

  test.each([
    ['came after it', undefined],
    ['was received before it, and waited in the queue', -3600],
  ])('moves, when it is looked at again, from one with less left to one of its very amount that %s', (_, received) => {
    const click = arriveSeparately(row('50'), refundOf('30'));
    click.hasty(row('30'), received);
    expect(allStates(click)).toEqual(['approved 20', 'approved 30']);
    click.say(refundOf('30'));
    expect(allStates(click)).toEqual(['approved 50', 'reversed 30']);
  });

  test('that names their transaction moves among them, and to no other sale, though that has its very amount', () => {
    const click = arriveSeparately(row('0'), refundOf('15'), row('10'));
    click.say({ ...row('15'), transactionId: 'B' });
    expect(click.conversions.map(({ status, amount }) => `${status} ${amount}`)).toEqual([
      'approved 0',
      'reversed 10',
      'approved 15',
    ]);
  });
});
