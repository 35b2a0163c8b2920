import * as fc from 'fast-check';
import { allFaults } from '../../prove/deploy/template-faults/all-faults';
import { withFault } from '../../prove/deploy/template-faults/fault';
import { bundleReader, inputOf } from '../../prove/deploy/template-layers/own-rules';
import { readSubject, type Subject } from '../../prove/deploy/template-layers/subject';
import { allRules } from '../../lib/template-rules/all-rules';
import { findings, type Finding } from '../../lib/template-rules/rule';
import { literalText, referencesIn, Template } from '../../lib/template-rules/template';
import { synthesized } from '../e2e/assembly';

jest.setTimeout(240_000);

const read = bundleReader();
const found = (subject: Subject): readonly Finding[] => findings(allRules, inputOf(subject, read));

let dev: Subject;
let prod: Subject;
beforeAll(async () => {
  dev = readSubject(await synthesized('dev'), 'dev');
  prod = readSubject(await synthesized('prod'), 'prod');
});

describe('the rules', () => {
  test('find nothing wrong in dev', () => expect(found(dev)).toEqual([]));
  test('find nothing wrong in prod', () => expect(found(prod)).toEqual([]));

  test('have names of their own', () => {
    const names = allRules.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
  });

  test('are each shown to see something: a rule that no fault breaks might as well not be there', () => {
    const broken = new Set(allFaults.flatMap((fault) => found(withFault(prod, fault).subject)).map(({ rule }) => rule));
    expect(allRules.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([]);
  });

  test('do not ask of dev what keeps the data of prod', () => {
    const taken = { ...prod, like: 'dev' as const, terminationProtection: false };
    expect(found(taken)).toEqual([]);
    expect(found({ ...taken, like: 'prod' }).map(({ rule }) => rule)).toEqual(['termination-protection']);
  });
});

// The other layers take longer: `npm run prove:template` asks them all.
describe('a fault', () => {
  const ours = allFaults.filter(({ caughtBy: [layer] }) => layer === 'own rules');

  test.each(ours.map((fault) => [fault.title, fault] as const))('%s: is found by its rule, and named', (_, fault) => {
    const { subject, names } = withFault(prod, fault);
    const seen = found(subject).filter(({ logicalId }) => logicalId.startsWith(names));
    expect(seen.map(({ rule }) => rule)).toContain(fault.caughtBy[1]);
  });

  test('that the template has no place for is an error, and not a fault that nobody finds', () => {
    const [title, caughtBy] = ['a file system without a name', ['own rules', 'none']] as const;
    const place = { type: 'AWS::EFS::FileSystem' };
    expect(() => withFault(prod, { title, caughtBy, in: place, change: (bucket) => bucket })).toThrow(
      /has no AWS::EFS::FileSystem/,
    );
  });

  test('that changes nothing is an error', () => {
    const place = { type: 'AWS::SQS::Queue' };
    const change = <Same>(queue: Same): Same => queue;
    expect(() => withFault(prod, { title: 'nothing', caughtBy: ['own rules', 'none'], in: place, change })).toThrow(
      /changes nothing/,
    );
  });
});

describe('a template', () => {
  test('has its references found in every form that they come in', () => {
    const value = [
      { Ref: 'One' },
      { 'Fn::GetAtt': ['Two', 'Arn'] },
      { 'Fn::GetAtt': 'Three.Arn' },
      { 'Fn::Join': ['', ['a', { Ref: 'Four' }]] },
      { 'Fn::Sub': 'arn:${Five}:${Six.Arn}' },
      { 'Fn::Sub': ['${Seven}${own}', { own: { Ref: 'Eight' } }] },
    ];
    expect([...referencesIn(value)].filter((name) => name !== 'own')).toEqual([
      'One',
      'Two',
      'Three',
      'Four',
      'Five',
      'Six',
      'Seven',
      'Eight',
    ]);
  });

  test('has them found however deep they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.constantFrom('list', 'object'), { maxLength: 6 }), (other, path) => {
        let value: unknown = { Ref: 'Table' };
        for (const step of path) value = step === 'list' ? [other, value] : { other, value };
        expect([...referencesIn(value)]).toContain('Table');
      }),
    );
  });

  test('tells the function behind an alias and a version of it', () => {
    const template = new Template({
      Resources: {
        Click: { Type: 'AWS::Lambda::Function' },
        Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Click' } } },
        Live: {
          Type: 'AWS::Lambda::Alias',
          Properties: { FunctionName: { 'Fn::GetAtt': ['Version', 'FunctionArn'] } },
        },
      },
    });
    expect(template.functionIn({ Ref: 'Live' })?.logicalId).toBe('Click');
  });

  test('has as its own text only what was written by hand', () => {
    expect(literalText({ 'Fn::Join': ['', ['https://', { Ref: 'Api' }, '/admin']] })).toBe('https:///admin');
    expect(literalText({ Ref: 'Secret' })).toBe('');
  });
});
