import { chancesOf } from '../../prove/chances';
import { planVisits } from '../../prove/load/plan';
import { planSequences, type Sequence } from '../../prove/load/sequence';
import { readScenario, readScenarios, smokeSized } from '../../prove/scenario';

const scenarios = readScenarios();
const loads = scenarios.flatMap(({ name, load }) =>
  'timeline' in load || 'sales' in load ? [] : [[name, load] as const],
);
const sequenceLoads = scenarios.flatMap(({ name, load }) => ('timeline' in load ? [[name, load] as const] : []));
const minimal = { name: 'minimal', title: 'Nothing', covers: [], load: { postbacks: 10 }, steps: [] };

test('every scenario has a unique name', () => {
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
});

test('the full run has at least 20,000 postbacks, of which a fifth or more repeat others', () => {
  const sendings = loads.flatMap(([, load]) => planVisits(load).flatMap(({ keys }) => keys.flat()));
  const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
  const postbacks = sum(sendings.map(({ copies }) => copies));

  expect(postbacks).toBeGreaterThanOrEqual(20_000);
  expect(sum(sendings.map(({ copies }) => copies - 1)) / postbacks).toBeGreaterThanOrEqual(0.19);
});

test('the smoke run is small and not empty', () => {
  const smoke = scenarios.flatMap(smokeSized);

  expect(smoke.length).toBeGreaterThan(3);
  for (const { load } of smoke) {
    expect('keys' in load ? load.keys : 'sales' in load ? load.sales : load.postbacks).toBeLessThanOrEqual(200);
  }
});

test.each(loads)('the load of %s is what it says: so many postbacks, each content under a key once', (_name, load) => {
  const visits = planVisits(load);
  const sendings = visits.flatMap(({ keys }) => keys.flat());
  const contents = sendings.map(({ transactionId, amount }) => `${transactionId}=${amount}`);

  expect(sendings.reduce((total, { copies }) => total + copies, 0)).toBe(load.postbacks);
  expect(new Set(contents).size).toBe(contents.length);
  for (const { amount } of sendings) expect(amount).toMatch(/^\d+\.\d*[1-9]$/);
});

test.each(sequenceLoads)('the sequences of %s are the same for one seed, and in every mode', (_name, load) => {
  const plan = (seed: number): readonly Sequence[] => planSequences(load, chancesOf(seed, 'plan'));

  expect(plan(7)).toEqual(plan(7));
  expect(plan(7)).not.toEqual(plan(8));
  expect(new Set(plan(7).map(({ mode }) => mode))).toEqual(new Set(load.modes));
});

test('whatever the seed, the smoke size of payouts has conversions of which its mutations change the amount', () => {
  const [load] = scenarios
    .flatMap(smokeSized)
    .flatMap((one) => ('timeline' in one.load && one.name === 'payouts' ? [one.load] : []));
  if (load === undefined) throw new Error('there is no such load');
  for (let seed = 0; seed < 300; seed++) {
    const sales = planSequences(load, chancesOf(seed, 'plan'))
      .filter(({ mode }) => mode === 'increment')
      .map(({ sayings }) => sayings.filter(({ status }) => status === 'approved'));
    const named = sales.map((sayings) => sayings.filter(({ amount }) => amount !== undefined && amount !== '0'));
    const currencies = named.map((sayings) => new Set(sayings.map(({ currency = 'USD' }) => currency)));

    expect(currencies.filter(({ size }) => size > 1).length).toBeGreaterThan(0);
    expect(sales.filter(([first]) => first?.amount === undefined).length).toBeGreaterThan(0);
  }
});

test.each([
  ['an unknown field', { ...minimal, colour: 'red' }],
  ['an unknown fault', { ...minimal, steps: [{ at: 0, faults: [{ kind: 'explode' }] }] }],
  ['a step that does nothing', { ...minimal, steps: [{ at: 0 }] }],
  ['a share above 1', { ...minimal, steps: [{ at: 2, poison: 1 }] }],
])('%s is rejected', (_what, scenario) => {
  expect(() => readScenario(JSON.stringify(scenario))).toThrow(/Invalid|never|kind|Expected/);
});
